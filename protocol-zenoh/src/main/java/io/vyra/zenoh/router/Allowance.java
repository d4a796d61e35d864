package io.vyra.zenoh.router;

import io.vyra.zenoh.keyexpr.KeyExpression;

/** How much a face may still declare. Used by its reading thread. */
final class Allowance {
    private final int mostDeclarations;
    private final long mostBytes;
    private int declarations;
    private long bytes;

    Allowance(int mostDeclarations, long mostBytes) {
        this.mostDeclarations = mostDeclarations;
        this.mostBytes = mostBytes;
    }

    /** Takes a part of it; whether that was left. */
    boolean take(int size) {
        if (declarations >= mostDeclarations || bytes + size > mostBytes) {
            return false;
        }
        declarations++;
        bytes += size;
        return true;
    }

    void giveBack(int size) {
        declarations--;
        bytes -= size;
    }

    static int size(KeyExpression key) {
        return key == null ? 0 : key.utf8().length;
    }
}
