package io.vyra.zenoh.session;

import io.vyra.zenoh.keyexpr.InvalidKeyExpressionException;
import io.vyra.zenoh.keyexpr.KeyExpression;
import io.vyra.zenoh.message.PushCursor;
import io.vyra.zenoh.message.WireExpression;
import io.vyra.zenoh.wire.MalformedMessageException;
import io.vyra.zenoh.wire.WireReader;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * What the numbers in a peer's key expressions stand for. One for each connection; its reading thread uses it.
 *
 * <p>Publications of the same key are looked up by their bytes, so that they cost no new text.
 */
public final class KeyMap {
    private static final int CACHED = 1 << 10;

    private record Cached(int scope, boolean senderMapping, byte[] suffix, KeyExpression key) {}

    private final Map<Integer, String> declaredByPeer = new HashMap<>();
    private final IntFunction<String> declaredHere;
    private final Cached[] cache = new Cached[CACHED];

    /**
     * @param declaredHere what a number of this side stands for, or null
     */
    public KeyMap(IntFunction<String> declaredHere) {
        this.declaredHere = declaredHere;
    }

    /**
     * The peer gives a key expression a number. How many it may give is for the caller to say.
     *
     * @return how many characters that keeps
     */
    public int declare(int number, WireExpression expression) {
        String text = text(expression.scope(), true, expression.suffix());
        if (text == null) {
            return 0;
        }
        // Numbers have 16 bits, so there is an end to it.
        declaredByPeer.put(number, text);
        Arrays.fill(cache, null);
        return text.length();
    }

    public void undeclare(int number) {
        declaredByPeer.remove(number);
        Arrays.fill(cache, null);
    }

    /** The key expression, or null when its number stands for nothing, or for nothing any more: a message may have been under way. */
    public KeyExpression resolve(WireExpression expression) {
        return expression(text(expression.scope(), expression.senderMapping(), expression.suffix()));
    }

    /** See {@link #resolve(WireExpression)}. */
    public KeyExpression resolve(PushCursor push) {
        byte[] array = push.array();
        int start = push.suffixOffset();
        int end = start + push.suffixLength();
        int hash = push.scope();
        for (int i = start; i < end; i++) {
            hash = 31 * hash + array[i];
        }
        int slot = (hash ^ hash >>> 16) & CACHED - 1;
        Cached cached = cache[slot];
        if (cached != null
                && cached.scope == push.scope()
                && cached.senderMapping == push.senderMapping()
                && Arrays.equals(cached.suffix, 0, cached.suffix.length, array, start, end)) {
            return cached.key;
        }
        String suffix = new WireReader().reset(array, start, end - start).text("A key expression", end - start);
        KeyExpression key = expression(text(push.scope(), push.senderMapping(), suffix));
        // Numbers of this side may stand for something else tomorrow; those of the peer say so.
        if (key != null && (push.scope() == 0 || push.senderMapping())) {
            cache[slot] = new Cached(push.scope(), push.senderMapping(), Arrays.copyOfRange(array, start, end), key);
        }
        return key;
    }

    private String text(int scope, boolean senderMapping, String suffix) {
        if (scope == 0) {
            return suffix;
        }
        String prefix = senderMapping ? declaredByPeer.get(scope) : declaredHere.apply(scope);
        if (prefix == null) {
            return null;
        }
        String text = prefix + suffix;
        if (text.length() > KeyExpression.LONGEST) {
            throw new MalformedMessageException("A key expression has " + text.length() + " characters");
        }
        return text;
    }

    private static KeyExpression expression(String text) {
        try {
            return text == null ? null : KeyExpression.of(text);
        } catch (InvalidKeyExpressionException e) {
            throw new MalformedMessageException(e.getMessage());
        }
    }
}
