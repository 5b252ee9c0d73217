#!/bin/sh
# valkey.sh POLICY APPENDONLY: the configuration by standard input, so that the password stands in no command line.
set -eu
{
  printf 'requirepass %s\n' "$(cat /run/secrets/valkey_password)"
  printf 'dir /data\nsave ""\nmaxmemory 256mb\nmaxmemory-policy %s\nappendonly %s\nappendfsync everysec\n' "$1" "$2"
} | exec valkey-server -
