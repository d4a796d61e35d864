package io.vyra.ros2.cdr;

import io.vyra.ros2.idl.ElementType;
import io.vyra.ros2.idl.Shape;
import io.vyra.ros2.idl.Values;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a member is when nothing is said: its default, else zero, the empty text, an empty sequence, a message of such members. */
final class Defaults {
    private Defaults() {}

    static Map<String, Object> of(MessageType type) {
        Map<String, Object> value = new LinkedHashMap<>();
        for (Member member : type.members()) {
            if (!member.hidden()) {
                value.put(member.name(), of(member));
            }
        }
        return value;
    }

    static Object of(Member member) {
        return member.field().defaultValue().orElseGet(() -> zero(member));
    }

    private static Object zero(Member member) {
        return switch (member.shape()) {
            case Shape.Single _ -> zero(member.type());
            case Shape.Array(int length) ->
                isOctets(member.type()) ? new byte[length] : Collections.nCopies(length, zero(member.type()));
            case Shape.Sequence _ -> isOctets(member.type()) ? new byte[0] : List.of();
        };
    }

    private static Object zero(MemberType type) {
        return switch (type) {
            case MemberType.Primitive(ElementType.Primitive primitive) -> Values.zero(primitive);
            case MemberType.Text _ -> "";
            case MemberType.Message(MessageType message) -> of(message);
        };
    }

    /** Whether an array or sequence of it is {@code byte[]}. */
    static boolean isOctets(MemberType type) {
        return type instanceof MemberType.Primitive(ElementType.Primitive primitive) && primitive.isOctet();
    }
}
