#!/bin/sh
# Java 25 or newer: that of JAVA_HOME, otherwise the first on the PATH.
set -eu
java=java
if [ -n "${JAVA_HOME:-}" ] && [ -x "$JAVA_HOME/bin/java" ]; then
    java=$JAVA_HOME/bin/java
fi
exec "$java" -Xmx32m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp 'classes:lib/*' JavaZenoh
