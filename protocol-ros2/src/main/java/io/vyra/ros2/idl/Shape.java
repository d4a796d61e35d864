package io.vyra.ros2.idl;

/** How many elements a field has. */
public sealed interface Shape {
    /** Exactly one, which is not a list. */
    Shape SINGLE = new Single();

    record Single() implements Shape {}

    /** Always that many. */
    record Array(int length) implements Shape {
        /** What a definition may ask for; larger arrays are of no use on a robot and of great use to an attacker. */
        public static final int LONGEST = 1 << 24;

        public Array {
            if (length < 1 || length > LONGEST) {
                throw new IllegalArgumentException("An array has 1 to " + LONGEST + " elements, not " + length);
            }
        }
    }

    /** None or more, up to a bound. */
    record Sequence(Bound bound) implements Shape {}
}
