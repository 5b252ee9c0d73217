"""What stands behind bin/demo, bin/test, bin/manage and bin/lock.

Until the virtual environment exists only the standard library is used; after that the scripts run again inside it.
"""
