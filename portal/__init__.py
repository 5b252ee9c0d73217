"""The portal: composition root and ground floors."""
