package io.vyra.ros2.idl;

import java.util.List;

/** What a definition file says. */
public sealed interface Definition {
    TypeName name();

    /** A message: constants and fields, in their order. */
    record Message(TypeName name, List<Constant> constants, List<Field> fields) implements Definition {
        /** What IDL puts into a message without fields, which it does not know. It is on the wire and in the hash, and nobody's business else. */
        static final Field PLACEHOLDER =
                Field.of("structure_needs_at_least_one_member", ElementType.Primitive.UINT8, Shape.SINGLE);

        public Message {
            constants = List.copyOf(constants);
            fields = List.copyOf(fields);
        }

        /** The fields as they are on the wire, of which there is at least one. */
        public List<Field> wireFields() {
            return fields.isEmpty() ? List.of(PLACEHOLDER) : fields;
        }
    }

    /** A service: what is asked and what is answered. */
    record Service(TypeName name, Message request, Message response) implements Definition {
        /** What is published of a call when the service is introspected; a part of the service's hash. */
        public Message event() {
            return new Message(
                    name.part("Event"),
                    List.of(),
                    List.of(
                            Field.nested("info", TypeName.message("service_msgs", "ServiceEventInfo")),
                            atMostOne("request", request.name()),
                            atMostOne("response", response.name())));
        }

        private static Field atMostOne(String field, TypeName type) {
            return Field.of(field, new ElementType.Nested(type), new Shape.Sequence(new Bound(1)));
        }
    }

    /** An action: its goal, its result and its feedback, and the services and messages that they travel in. */
    record Action(TypeName name, Message goal, Message result, Message feedback) implements Definition {
        private static final TypeName UUID = TypeName.message("unique_identifier_msgs", "UUID");
        private static final TypeName TIME = TypeName.message("builtin_interfaces", "Time");

        /** The service {@code …/_action/send_goal}. */
        public Service sendGoal() {
            TypeName service = name.part("SendGoal");
            return new Service(
                    service,
                    message(service.part("Request"), Field.nested("goal_id", UUID), Field.nested("goal", goal.name())),
                    message(
                            service.part("Response"),
                            Field.of("accepted", ElementType.Primitive.BOOL, Shape.SINGLE),
                            Field.nested("stamp", TIME)));
        }

        /** The service {@code …/_action/get_result}. */
        public Service getResult() {
            TypeName service = name.part("GetResult");
            return new Service(
                    service,
                    message(service.part("Request"), Field.nested("goal_id", UUID)),
                    message(
                            service.part("Response"),
                            Field.of("status", ElementType.Primitive.INT8, Shape.SINGLE),
                            Field.nested("result", result.name())));
        }

        /** The message of the topic {@code …/_action/feedback}. */
        public Message feedbackMessage() {
            return message(
                    name.part("FeedbackMessage"),
                    Field.nested("goal_id", UUID),
                    Field.nested("feedback", feedback.name()));
        }

        private static Message message(TypeName name, Field... fields) {
            return new Message(name, List.of(), List.of(fields));
        }
    }
}
