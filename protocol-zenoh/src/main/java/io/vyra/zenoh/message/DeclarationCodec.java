package io.vyra.zenoh.message;

import io.vyra.zenoh.wire.MalformedMessageException;
import io.vyra.zenoh.wire.WireReader;
import io.vyra.zenoh.wire.WireWriter;

/** Declarations between values and bytes (zenoh-protocol, {@code network/declare.rs}). */
final class DeclarationCodec {
    private static final int KEY_EXPRESSION = 0x00;
    private static final int SUBSCRIBER = 0x02;
    private static final int QUERYABLE = 0x04;
    private static final int TOKEN = 0x06;
    private static final int UNDECLARE = 0x01;
    private static final int FINAL = 0x1a;

    private static final int QUERYABLE_TRAITS = Extensions.NUMBER | 0x01;
    private static final int COMPLETE = 0x01;
    private static final int KEY = Extensions.BYTES | Extensions.MANDATORY | 0x0f;
    private static final int KEY_NAMED = 0x01;
    private static final int KEY_MAPPING = 0x02;

    private DeclarationCodec() {}

    static void write(WireWriter writer, Declaration declaration) {
        switch (declaration) {
            case Declaration.KeyExpressionDeclared it ->
                declared(writer, KEY_EXPRESSION, it.number() & 0xffff, it.key());
            case Declaration.KeyExpressionUndeclared it ->
                undeclared(writer, KEY_EXPRESSION, it.number() & 0xffff, WireExpression.NONE);
            case Declaration.SubscriberDeclared it -> declared(writer, SUBSCRIBER, it.number(), it.key());
            case Declaration.SubscriberUndeclared it -> undeclared(writer, SUBSCRIBER, it.number(), it.key());
            case Declaration.QueryableDeclared it -> {
                int header = declared(writer, QUERYABLE, it.number(), it.key());
                if (it.complete() || it.distance() != 0) {
                    long traits = (it.complete() ? COMPLETE : 0) | (long) it.distance() << 8;
                    Extensions.number(writer, header, QUERYABLE_TRAITS, traits);
                }
            }
            case Declaration.QueryableUndeclared it -> undeclared(writer, QUERYABLE, it.number(), it.key());
            case Declaration.TokenDeclared it -> declared(writer, TOKEN, it.number(), it.key());
            case Declaration.TokenUndeclared it -> undeclared(writer, TOKEN, it.number(), it.key());
            case Declaration.AllDeclared _ -> writer.u8(FINAL);
        }
    }

    private static int declared(WireWriter writer, int id, int number, WireExpression key) {
        int header = writer.position();
        // The number of a key expression is the declarer's by nature: there the flag is reserved.
        boolean mapping = key.senderMapping() && id != KEY_EXPRESSION;
        writer.u8(id | (key.isNamed() ? NetworkCodec.FLAG_NAMED : 0) | (mapping ? NetworkCodec.FLAG_MAPPING : 0));
        writer.zint32(number);
        key.write(writer);
        return header;
    }

    private static void undeclared(WireWriter writer, int id, int number, WireExpression key) {
        int header = writer.position();
        writer.u8(id | UNDECLARE);
        writer.zint32(number);
        // The reference implementation says that there is none, except of subscribers; so is it here, byte for byte.
        if (id == QUERYABLE || id == TOKEN || !key.equals(WireExpression.NONE)) {
            byte[] suffix = key.suffixBytes();
            Extensions.begin(writer, header, KEY);
            writer.zint(1L + WireWriter.zintSize(key.scope()) + suffix.length);
            writer.u8((suffix.length > 0 ? KEY_NAMED : 0) | (key.senderMapping() ? KEY_MAPPING : 0));
            writer.zint(key.scope());
            writer.bytes(suffix);
        }
    }

    static Declaration read(WireReader reader) {
        int header = reader.u8();
        int id = header & 0x1f;
        return switch (id) {
            case KEY_EXPRESSION -> {
                int number = reader.zint16("The number of a key expression");
                WireExpression key = WireExpression.read(reader, (header & NetworkCodec.FLAG_NAMED) != 0, false);
                skipRest(reader, header);
                yield new Declaration.KeyExpressionDeclared(number, key);
            }
            case KEY_EXPRESSION | UNDECLARE -> {
                int number = reader.zint16("The number of a key expression");
                skipRest(reader, header);
                yield new Declaration.KeyExpressionUndeclared(number);
            }
            case SUBSCRIBER, TOKEN -> {
                int number = reader.zint32("The number of a declaration");
                WireExpression key = readKey(reader, header);
                skipRest(reader, header);
                yield id == SUBSCRIBER
                        ? new Declaration.SubscriberDeclared(number, key)
                        : new Declaration.TokenDeclared(number, key);
            }
            case QUERYABLE -> readQueryable(reader, header);
            case SUBSCRIBER | UNDECLARE ->
                new Declaration.SubscriberUndeclared(
                        reader.zint32("The number of a declaration"), optionalKey(reader, header));
            case QUERYABLE | UNDECLARE ->
                new Declaration.QueryableUndeclared(
                        reader.zint32("The number of a declaration"), optionalKey(reader, header));
            case TOKEN | UNDECLARE ->
                new Declaration.TokenUndeclared(
                        reader.zint32("The number of a declaration"), optionalKey(reader, header));
            case FINAL -> {
                skipRest(reader, header);
                yield new Declaration.AllDeclared();
            }
            default -> throw new MalformedMessageException("There is no declaration 0x" + Integer.toHexString(header));
        };
    }

    private static Declaration readQueryable(WireReader reader, int header) {
        int number = reader.zint32("The number of a declaration");
        WireExpression key = readKey(reader, header);
        long traits = 0;
        int extension = header;
        while ((extension & Extensions.MORE) != 0) {
            extension = reader.u8();
            if ((extension & ~Extensions.MORE) == QUERYABLE_TRAITS) {
                traits = reader.zint();
            } else {
                Extensions.skip(reader, extension, "A declaration");
            }
        }
        return new Declaration.QueryableDeclared(number, key, (traits & COMPLETE) != 0, (int) (traits >>> 8) & 0xffff);
    }

    private static WireExpression readKey(WireReader reader, int header) {
        return WireExpression.read(
                reader, (header & NetworkCodec.FLAG_NAMED) != 0, (header & NetworkCodec.FLAG_MAPPING) != 0);
    }

    private static WireExpression optionalKey(WireReader reader, int header) {
        WireExpression key = WireExpression.NONE;
        int extension = header;
        while ((extension & Extensions.MORE) != 0) {
            extension = reader.u8();
            if ((extension & ~Extensions.MORE) == KEY) {
                int outer = Extensions.enter(reader, "A key expression");
                int flags = reader.u8();
                int scope = reader.zint16("The number of a key expression");
                if (reader.remaining() > WireExpression.LONGEST) {
                    throw new MalformedMessageException("A key expression has " + reader.remaining() + " bytes");
                }
                String suffix = (flags & KEY_NAMED) == 0 ? "" : reader.text("A key expression", reader.remaining());
                key = new WireExpression(scope, suffix, (flags & KEY_MAPPING) != 0);
                Extensions.leave(reader, outer);
            } else {
                Extensions.skip(reader, extension, "An undeclaration");
            }
        }
        return key;
    }

    private static void skipRest(WireReader reader, int header) {
        Extensions.skipAll(reader, (header & Extensions.MORE) != 0, "A declaration");
    }
}
