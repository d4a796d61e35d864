package io.vyra.zenoh.message;

/**
 * What an interest is about.
 *
 * @param keyExpressions declared key expressions, so that answers may use their numbers
 * @param aggregate whether one declaration with the interest's own key expression may stand for all that match
 */
public record InterestSubject(
        boolean keyExpressions, boolean subscribers, boolean queryables, boolean tokens, boolean aggregate) {
    /** Liveliness tokens. */
    public static final InterestSubject TOKENS = new InterestSubject(true, false, false, true, false);

    /** Nothing: what the end of an interest is about. */
    public static final InterestSubject NONE = new InterestSubject(false, false, false, false, false);

    private static final int KEY_EXPRESSIONS_BIT = 0x01;
    private static final int SUBSCRIBERS_BIT = 0x02;
    private static final int QUERYABLES_BIT = 0x04;
    private static final int TOKENS_BIT = 0x08;
    private static final int AGGREGATE_BIT = 0x80;

    static InterestSubject ofWire(int bits) {
        return new InterestSubject(
                (bits & KEY_EXPRESSIONS_BIT) != 0,
                (bits & SUBSCRIBERS_BIT) != 0,
                (bits & QUERYABLES_BIT) != 0,
                (bits & TOKENS_BIT) != 0,
                (bits & AGGREGATE_BIT) != 0);
    }

    int toWire() {
        return (keyExpressions ? KEY_EXPRESSIONS_BIT : 0)
                | (subscribers ? SUBSCRIBERS_BIT : 0)
                | (queryables ? QUERYABLES_BIT : 0)
                | (tokens ? TOKENS_BIT : 0)
                | (aggregate ? AGGREGATE_BIT : 0);
    }
}
