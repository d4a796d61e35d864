package io.vyra.ros2.cdr;

import io.vyra.ros2.idl.TypeName;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A message with everything that is in it, ready to read and write values. Immutable. */
public final class MessageType {
    private final TypeName name;
    private final List<Member> members;
    private final Map<String, Member> byName;
    private final int smallest;

    MessageType(TypeName name, List<Member> members) {
        this.name = name;
        this.members = List.copyOf(members);
        this.byName = members.stream()
                .filter(member -> !member.hidden())
                .collect(Collectors.toUnmodifiableMap(Member::name, Function.identity()));
        this.smallest = (int) Math.min(
                Integer.MAX_VALUE, members.stream().mapToLong(Member::smallest).sum());
    }

    public TypeName name() {
        return name;
    }

    /** In the order of the wire. */
    List<Member> members() {
        return members;
    }

    /** The member of that name, or null. */
    Member member(String member) {
        return byName.get(member);
    }

    /** How many bytes a value takes at least, without alignment. */
    int smallest() {
        return smallest;
    }

    @Override
    public String toString() {
        return name.toString();
    }
}
