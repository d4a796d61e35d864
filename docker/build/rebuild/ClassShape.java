package rebuild;

import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationElement;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.Attribute;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.AnnotationDefaultAttribute;
import java.lang.classfile.attribute.ConstantValueAttribute;
import java.lang.classfile.attribute.DeprecatedAttribute;
import java.lang.classfile.attribute.EnclosingMethodAttribute;
import java.lang.classfile.attribute.ExceptionsAttribute;
import java.lang.classfile.attribute.InnerClassesAttribute;
import java.lang.classfile.attribute.MethodParametersAttribute;
import java.lang.classfile.attribute.NestHostAttribute;
import java.lang.classfile.attribute.NestMembersAttribute;
import java.lang.classfile.attribute.PermittedSubclassesAttribute;
import java.lang.classfile.attribute.RecordAttribute;
import java.lang.classfile.attribute.RuntimeInvisibleAnnotationsAttribute;
import java.lang.classfile.attribute.RuntimeInvisibleParameterAnnotationsAttribute;
import java.lang.classfile.attribute.RuntimeVisibleAnnotationsAttribute;
import java.lang.classfile.attribute.RuntimeVisibleParameterAnnotationsAttribute;
import java.lang.classfile.attribute.SignatureAttribute;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.lang.reflect.AccessFlag;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * What others see of a class: the compiler of the other packages, and Quarkus, which generates code for it by its members and annotations.
 * Two classes of equal shape differ in the code of their methods at most, and in members that nobody outside their package can name and
 * that carry no annotation: private methods, and static fields that are neither public nor protected. No package is in two modules.
 */
final class ClassShape {
    /** Code, and what only refers to it. */
    private static final Set<String> UNSEEN = Set.of("Code", "SourceFile", "BootstrapMethods", "Synthetic");

    private final Set<String> lines = new TreeSet<>();

    private ClassShape(ClassModel model) throws WholeBuildNeeded {
        lines.add("class " + model.majorVersion() + ' ' + model.flags().flagsMask() + ' ' + name(model.thisClass()));
        model.superclass().ifPresent(superclass -> lines.add("extends " + name(superclass)));
        lines.add("implements " + names(model.interfaces()));
        attributes("", model, model);
        for (FieldModel field : model.fields()) {
            if (!isHidden(field)) {
                String text = "field " + text(field.fieldName()) + ' ' + text(field.fieldType());
                lines.add(text + ' ' + field.flags().flagsMask());
                attributes(text + ": ", field, model);
            }
        }
        for (MethodModel method : model.methods()) {
            if (!isHidden(method)) {
                String text = "method " + text(method.methodName()) + text(method.methodType());
                lines.add(text + ' ' + method.flags().flagsMask());
                attributes(text + ": ", method, model);
            }
        }
    }

    /** @throws WholeBuildNeeded when the class has something of which it is not known who looks at it */
    static ClassShape of(byte[] bytes) throws WholeBuildNeeded {
        return new ClassShape(ClassFile.of().parse(bytes));
    }

    private static boolean isHidden(FieldModel field) {
        Set<AccessFlag> flags = field.flags().flags();
        return flags.contains(AccessFlag.STATIC)
                && !flags.contains(AccessFlag.PUBLIC)
                && !flags.contains(AccessFlag.PROTECTED)
                && !isAnnotated(field);
    }

    private static boolean isHidden(MethodModel method) {
        return method.methodName().equalsString("<clinit>")
                || method.flags().has(AccessFlag.PRIVATE)
                        && !method.methodName().equalsString("<init>")
                        && !isAnnotated(method);
    }

    private static boolean isAnnotated(AttributedElement element) {
        return element.attributes().stream()
                .anyMatch(attribute -> attribute.attributeName().stringValue().contains("Annotations"));
    }

    private void attributes(String of, AttributedElement element, ClassModel model) throws WholeBuildNeeded {
        for (Attribute<?> attribute : element.attributes()) {
            String name = attribute.attributeName().stringValue();
            if (!UNSEEN.contains(name)) {
                lines.add(of + name + ' ' + text(attribute, model));
            }
        }
    }

    private String text(Attribute<?> attribute, ClassModel model) throws WholeBuildNeeded {
        return switch (attribute) {
            case ConstantValueAttribute constant -> constant.constant().constantValue().toString();
            case SignatureAttribute signature -> text(signature.signature());
            case ExceptionsAttribute exceptions -> names(exceptions.exceptions());
            case MethodParametersAttribute parameters ->
                parameters.parameters().stream()
                        .map(parameter -> parameter.name().map(ClassShape::text).orElse("") + parameter.flagsMask())
                        .toList()
                        .toString();
            case AnnotationDefaultAttribute value -> text(value.defaultValue());
            case RuntimeVisibleAnnotationsAttribute annotations -> annotations(annotations.annotations());
            case RuntimeInvisibleAnnotationsAttribute annotations -> annotations(annotations.annotations());
            case RuntimeVisibleParameterAnnotationsAttribute annotations ->
                annotations.parameterAnnotations().stream().map(ClassShape::annotations).toList().toString();
            case RuntimeInvisibleParameterAnnotationsAttribute annotations ->
                annotations.parameterAnnotations().stream().map(ClassShape::annotations).toList().toString();
            case RecordAttribute components -> {
                StringBuilder text = new StringBuilder();
                for (var component : components.components()) {
                    text.append(text(component.name())).append(text(component.descriptor())).append(' ');
                    attributes("component " + text(component.name()) + ": ", component, model);
                }
                yield text.toString();
            }
            case PermittedSubclassesAttribute permitted -> names(permitted.permittedSubclasses());
            case NestHostAttribute host -> name(host.nestHost());
            case NestMembersAttribute members -> names(members.nestMembers());
            case EnclosingMethodAttribute enclosing ->
                name(enclosing.enclosingClass()) + ' ' + enclosing.enclosingMethod().map(Objects::toString).orElse("");
            case InnerClassesAttribute inner -> inner(inner, model);
            case DeprecatedAttribute _ -> "";
            default -> throw new WholeBuildNeeded(
                    name(model.thisClass()) + " has the attribute " + attribute.attributeName().stringValue());
        };
    }

    /** The attribute also lists every nested class of others that the code mentions. */
    private static String inner(InnerClassesAttribute attribute, ClassModel model) {
        String self = name(model.thisClass());
        return attribute.classes().stream()
                .filter(inner -> name(inner.innerClass()).equals(self)
                        || inner.outerClass().map(ClassShape::name).orElse("").equals(self))
                .map(inner -> name(inner.innerClass()) + ' ' + inner.flagsMask())
                .sorted()
                .toList()
                .toString();
    }

    private static String annotations(List<Annotation> annotations) {
        return annotations.stream().map(ClassShape::text).toList().toString();
    }

    private static String text(Annotation annotation) {
        StringBuilder text = new StringBuilder("@").append(text(annotation.className())).append('(');
        for (AnnotationElement element : annotation.elements()) {
            text.append(text(element.name())).append('=').append(text(element.value())).append(' ');
        }
        return text.append(')').toString();
    }

    private static String text(AnnotationValue value) {
        return switch (value) {
            case AnnotationValue.OfConstant constant -> (char) constant.tag() + ":" + constant.resolvedValue();
            case AnnotationValue.OfClass type -> text(type.className());
            case AnnotationValue.OfEnum constant -> text(constant.className()) + '.' + text(constant.constantName());
            case AnnotationValue.OfArray array -> array.values().stream().map(ClassShape::text).toList().toString();
            case AnnotationValue.OfAnnotation annotation -> text(annotation.annotation());
        };
    }

    private static String names(List<ClassEntry> classes) {
        return classes.stream().map(ClassShape::name).toList().toString();
    }

    private static String name(ClassEntry entry) {
        return entry.asInternalName();
    }

    private static String text(Utf8Entry entry) {
        return entry.stringValue();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClassShape that && lines.equals(that.lines);
    }

    @Override
    public int hashCode() {
        return lines.hashCode();
    }
}
