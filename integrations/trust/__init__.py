"""Trust services: time-stamps and the status of certificates, over HTTP; and a trial authority in the sandbox."""
