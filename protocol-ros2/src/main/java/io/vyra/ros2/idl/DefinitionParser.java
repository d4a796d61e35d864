package io.vyra.ros2.idl;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the text of a {@code .msg}, {@code .srv} or {@code .action} file, strictly: what rosidl would refuse is refused, with its line.
 *
 * <p>Beyond rosidl, a {@code #} inside quotes is text, and {@code package/msg/Name} is taken as {@code package/Name}.
 */
public final class DefinitionParser {
    private static final Pattern SEPARATOR = Pattern.compile("---+\\s*");
    private static final Pattern FIELD_NAME = Pattern.compile("(?!.*__)(?!.*_$)[a-z][a-z0-9_]*");
    private static final Pattern CONSTANT_NAME = Pattern.compile("[A-Z]([A-Z0-9_]?[A-Z0-9]++)*+");
    private static final Pattern DECLARATION =
            Pattern.compile("(\\S+)\\s+([A-Za-z_][A-Za-z0-9_]*)\\s*(.*)", Pattern.DOTALL);
    private static final int LONGEST_LINE = 10_000;
    private static final int MOST_MEMBERS = 10_000;

    private final TypeName name;
    private final String source;

    private DefinitionParser(TypeName name, String source) {
        this.name = name;
        this.source = source;
    }

    /**
     * @param name whose definition it is; its kind says whether a message, a service or an action is expected
     * @param source what errors name, such as the file
     * @throws DefinitionException when the text is not such a definition
     */
    public static Definition parse(TypeName name, String source, String text) {
        return new DefinitionParser(name, source).parse(text);
    }

    private Definition parse(String text) {
        List<Section> sections = sections(text);
        int expected = switch (name.kind()) {
            case MSG -> 1;
            case SRV -> 2;
            case ACTION -> 3;
        };
        if (sections.size() != expected) {
            int line = sections.size() > expected ? sections.get(expected).firstLine() - 1 : 0;
            throw new DefinitionException(
                    source,
                    line,
                    "a ." + name.kind().text() + " file has " + expected + " parts with --- between them, this one has "
                            + sections.size());
        }
        return switch (name.kind()) {
            case MSG -> message(name, sections.getFirst());
            case SRV ->
                new Definition.Service(
                        name,
                        message(name.part("Request"), sections.get(0)),
                        message(name.part("Response"), sections.get(1)));
            case ACTION ->
                new Definition.Action(
                        name,
                        message(name.part("Goal"), sections.get(0)),
                        message(name.part("Result"), sections.get(1)),
                        message(name.part("Feedback"), sections.get(2)));
        };
    }

    private record Section(int firstLine, List<String> lines) {}

    private static List<Section> sections(String text) {
        List<Section> sections = new ArrayList<>();
        Section current = new Section(1, new ArrayList<>());
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (SEPARATOR.matcher(line).matches()) {
                sections.add(current);
                current = new Section(number + 1, new ArrayList<>());
            } else {
                current.lines().add(line);
            }
        }
        sections.add(current);
        return sections;
    }

    private Definition.Message message(TypeName message, Section section) {
        List<Constant> constants = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        Set<String> names = new HashSet<>();
        int number = section.firstLine();
        for (String line : section.lines()) {
            try {
                declaration(line, constants, fields, names);
            } catch (IllegalArgumentException e) {
                throw new DefinitionException(source, number, e.getMessage());
            }
            number++;
        }
        return new Definition.Message(message, constants, fields);
    }

    private void declaration(String line, List<Constant> constants, List<Field> fields, Set<String> names) {
        if (line.length() > LONGEST_LINE) {
            throw new IllegalArgumentException("the line is longer than " + LONGEST_LINE + " characters");
        }
        int comment = Quotes.indexOf(line, '#', 0);
        String text = (comment < 0 ? line : line.substring(0, comment)).strip();
        if (text.isEmpty()) {
            return;
        }
        Matcher matcher = DECLARATION.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "a line is 'type name', 'type name default' or 'type NAME=value', not '" + text + "'");
        }
        TypeText type = TypeText.parse(matcher.group(1), name.packageName());
        String member = matcher.group(2);
        String rest = matcher.group(3);
        if (!names.add(member)) {
            throw new IllegalArgumentException("the name " + member + " is there twice");
        }
        if (names.size() > MOST_MEMBERS) {
            throw new IllegalArgumentException("there are more than " + MOST_MEMBERS + " members");
        }
        if (rest.startsWith("=")) {
            constants.add(constant(type, member, rest.substring(1).strip()));
        } else {
            fields.add(field(type, member, rest));
        }
    }

    private static Constant constant(TypeText type, String member, String value) {
        if (!CONSTANT_NAME.matcher(member).matches()) {
            throw new IllegalArgumentException(
                    "a constant's name is capital letters, digits and single underscores: " + member);
        }
        if (type.shape() != Shape.SINGLE || type.element() instanceof ElementType.Nested) {
            throw new IllegalArgumentException("a constant is a number, a bool or a string: " + member);
        }
        if (value.isEmpty() && !(type.element() instanceof ElementType.StringType)) {
            throw new IllegalArgumentException("the constant " + member + " has no value");
        }
        return new Constant(member, type.element(), Literals.single(type.element(), value));
    }

    private static Field field(TypeText type, String member, String value) {
        if (!FIELD_NAME.matcher(member).matches()) {
            throw new IllegalArgumentException(
                    "a field's name is lower-case letters, digits and single underscores: " + member);
        }
        Optional<Object> defaultValue =
                value.isEmpty() ? Optional.empty() : Optional.of(Literals.value(type.element(), type.shape(), value));
        return new Field(member, type.element(), type.shape(), defaultValue);
    }
}
