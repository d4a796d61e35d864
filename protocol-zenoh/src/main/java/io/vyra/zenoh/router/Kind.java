package io.vyra.zenoh.router;

import io.vyra.zenoh.keyexpr.KeyExpression;
import io.vyra.zenoh.message.Declaration;
import io.vyra.zenoh.message.InterestSubject;
import io.vyra.zenoh.message.WireExpression;

/** What faces declare under key expressions. */
enum Kind {
    SUBSCRIBER(Action.DECLARE_SUBSCRIBER),
    QUERYABLE(Action.DECLARE_QUERYABLE),
    TOKEN(Action.DECLARE_TOKEN);

    private final Action action;

    Kind(Action action) {
        this.action = action;
    }

    Action action() {
        return action;
    }

    boolean isIn(InterestSubject subject) {
        return switch (this) {
            case SUBSCRIBER -> subject.subscribers();
            case QUERYABLE -> subject.queryables();
            case TOKEN -> subject.tokens();
        };
    }

    Declaration declared(int number, KeyExpression key, Traits traits) {
        WireExpression wire = WireExpression.of(key.toString());
        return switch (this) {
            case SUBSCRIBER -> new Declaration.SubscriberDeclared(number, wire);
            case QUERYABLE ->
                new Declaration.QueryableDeclared(
                        number, wire, traits.complete(), Math.min(traits.distance() + 1, 0xffff));
            case TOKEN -> new Declaration.TokenDeclared(number, wire);
        };
    }

    Declaration undeclared(int number, WireExpression key) {
        return switch (this) {
            case SUBSCRIBER -> new Declaration.SubscriberUndeclared(number, key);
            case QUERYABLE -> new Declaration.QueryableUndeclared(number, key);
            case TOKEN -> new Declaration.TokenUndeclared(number, key);
        };
    }
}
