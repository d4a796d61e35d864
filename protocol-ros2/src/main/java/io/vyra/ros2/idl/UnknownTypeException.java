package io.vyra.ros2.idl;

/** No definition has that name. */
public final class UnknownTypeException extends RuntimeException {
    private final TypeName name;

    public UnknownTypeException(TypeName name) {
        super("The interface " + name
                + " is not known. Add the folder that holds its package, such as /opt/ros/<distribution>/share.");
        this.name = name;
    }

    public TypeName name() {
        return name;
    }
}
