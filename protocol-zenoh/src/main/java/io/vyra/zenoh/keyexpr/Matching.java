package io.vyra.zenoh.keyexpr;

/**
 * Intersection and inclusion of two sequences with wild cards, by dynamic programming: the time is at most the product of their lengths,
 * whatever a hostile peer writes.
 */
final class Matching {
    private static final String ANY = "*";
    private static final String ANY_NUMBER = "**";

    private Matching() {}

    static boolean intersects(String[] a, String[] b) {
        // below[j]: whether a from i + 1 on and b from j on have something in common.
        boolean[] below = new boolean[b.length + 1];
        boolean[] row = new boolean[b.length + 1];
        below[b.length] = true;
        for (int j = b.length - 1; j >= 0; j--) {
            below[j] = b[j].equals(ANY_NUMBER) && below[j + 1];
        }
        for (int i = a.length - 1; i >= 0; i--) {
            boolean aAnyNumber = a[i].equals(ANY_NUMBER);
            row[b.length] = aAnyNumber && below[b.length];
            for (int j = b.length - 1; j >= 0; j--) {
                boolean bAnyNumber = b[j].equals(ANY_NUMBER);
                if (aAnyNumber || bAnyNumber) {
                    row[j] = (aAnyNumber && (below[j] || (!isVerbatim(b[j]) && row[j + 1])))
                            || (bAnyNumber && (row[j + 1] || (!isVerbatim(a[i]) && below[j])));
                } else {
                    row[j] = below[j + 1] && chunksIntersect(a[i], b[j]);
                }
            }
            boolean[] next = below;
            below = row;
            row = next;
        }
        return below[0];
    }

    static boolean includes(String[] a, String[] b) {
        boolean[] below = new boolean[b.length + 1];
        boolean[] row = new boolean[b.length + 1];
        below[b.length] = true;
        for (int i = a.length - 1; i >= 0; i--) {
            boolean anyNumber = a[i].equals(ANY_NUMBER);
            row[b.length] = anyNumber && below[b.length];
            for (int j = b.length - 1; j >= 0; j--) {
                row[j] = anyNumber
                        ? below[j] || (!isVerbatim(b[j]) && row[j + 1])
                        : below[j + 1] && !b[j].equals(ANY_NUMBER) && chunkIncludes(a[i], b[j]);
            }
            boolean[] next = below;
            below = row;
            row = next;
        }
        return below[0];
    }

    private static boolean isVerbatim(String chunk) {
        return chunk.charAt(0) == '@';
    }

    private static boolean chunksIntersect(String a, String b) {
        if (a.equals(b)) {
            return true;
        }
        if (isVerbatim(a) || isVerbatim(b)) {
            return false;
        }
        if (a.equals(ANY) || b.equals(ANY)) {
            return true;
        }
        boolean isWild = a.indexOf('$') >= 0 || b.indexOf('$') >= 0;
        return isWild && charactersIntersect(a.replace("$*", "*"), b.replace("$*", "*"));
    }

    private static boolean chunkIncludes(String a, String b) {
        if (a.equals(b)) {
            return true;
        }
        if (isVerbatim(a) || isVerbatim(b)) {
            return false;
        }
        if (a.equals(ANY)) {
            return true;
        }
        // Here * of b is a whole chunk: an a with other characters cannot have all that it has.
        return a.indexOf('$') >= 0 && !b.equals(ANY) && charactersInclude(a.replace("$*", "*"), b.replace("$*", "*"));
    }

    private static boolean charactersIntersect(String a, String b) {
        boolean[] below = new boolean[b.length() + 1];
        boolean[] row = new boolean[b.length() + 1];
        below[b.length()] = true;
        for (int j = b.length() - 1; j >= 0; j--) {
            below[j] = b.charAt(j) == '*' && below[j + 1];
        }
        for (int i = a.length() - 1; i >= 0; i--) {
            boolean aAny = a.charAt(i) == '*';
            row[b.length()] = aAny && below[b.length()];
            for (int j = b.length() - 1; j >= 0; j--) {
                boolean bAny = b.charAt(j) == '*';
                row[j] = aAny || bAny ? below[j] || row[j + 1] : a.charAt(i) == b.charAt(j) && below[j + 1];
            }
            boolean[] next = below;
            below = row;
            row = next;
        }
        return below[0];
    }

    private static boolean charactersInclude(String a, String b) {
        boolean[] below = new boolean[b.length() + 1];
        boolean[] row = new boolean[b.length() + 1];
        below[b.length()] = true;
        for (int i = a.length() - 1; i >= 0; i--) {
            boolean any = a.charAt(i) == '*';
            row[b.length()] = any && below[b.length()];
            for (int j = b.length() - 1; j >= 0; j--) {
                row[j] = any ? below[j] || row[j + 1] : below[j + 1] && a.charAt(i) == b.charAt(j);
            }
            boolean[] next = below;
            below = row;
            row = next;
        }
        return below[0];
    }
}
