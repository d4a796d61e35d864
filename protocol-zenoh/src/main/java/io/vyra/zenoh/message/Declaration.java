package io.vyra.zenoh.message;

/**
 * What a {@link NetworkMessage.Declare} makes known, or takes back. Numbers are 32 bits unsigned and belong to whoever declares; those of
 * key expressions have 16 bits.
 */
public sealed interface Declaration {
    /** From now on the number stands for the key expression. */
    record KeyExpressionDeclared(int number, WireExpression key) implements Declaration {}

    record KeyExpressionUndeclared(int number) implements Declaration {}

    record SubscriberDeclared(int number, WireExpression key) implements Declaration {}

    /**
     * @param key {@link WireExpression#NONE} where the number says enough
     */
    record SubscriberUndeclared(int number, WireExpression key) implements Declaration {}

    /**
     * @param complete whether it has all keys that match its key expression
     * @param distance how many routers are between, 0 to 65,535
     */
    record QueryableDeclared(int number, WireExpression key, boolean complete, int distance) implements Declaration {}

    /**
     * @param key {@link WireExpression#NONE} where the number says enough
     */
    record QueryableUndeclared(int number, WireExpression key) implements Declaration {}

    record TokenDeclared(int number, WireExpression key) implements Declaration {}

    /**
     * @param key {@link WireExpression#NONE} where the number says enough
     */
    record TokenUndeclared(int number, WireExpression key) implements Declaration {}

    /** All that exists now was declared: the answer to an interest is complete. */
    record AllDeclared() implements Declaration {}
}
