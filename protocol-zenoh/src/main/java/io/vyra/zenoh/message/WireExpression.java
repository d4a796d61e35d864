package io.vyra.zenoh.message;

import io.vyra.zenoh.wire.WireReader;
import io.vyra.zenoh.wire.WireWriter;
import java.nio.charset.StandardCharsets;

/**
 * A key expression as it travels: the number of a declared prefix, and what follows it.
 *
 * @param scope the number of a declared key expression, 0 for none, at most 65,535
 * @param suffix what follows it, empty for nothing
 * @param senderMapping whether the sender of this message declared the number, else its receiver did
 */
public record WireExpression(int scope, String suffix, boolean senderMapping) {
    /** How long a suffix may be, in bytes. */
    public static final int LONGEST = 0xffff;

    /** The empty expression of undeclarations that name only a number. */
    public static final WireExpression NONE = new WireExpression(0, "", false);

    /** An expression written out in full. */
    public static WireExpression of(String expression) {
        return new WireExpression(0, expression, false);
    }

    static WireExpression read(WireReader reader, boolean named, boolean senderMapping) {
        int scope = reader.zint16("The number of a key expression");
        return new WireExpression(scope, named ? reader.string("A key expression", LONGEST) : "", senderMapping);
    }

    boolean isNamed() {
        return !suffix.isEmpty();
    }

    void write(WireWriter writer) {
        writer.zint(scope);
        if (isNamed()) {
            writer.string(suffix);
        }
    }

    byte[] suffixBytes() {
        return suffix.getBytes(StandardCharsets.UTF_8);
    }
}
