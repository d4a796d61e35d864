package rcl_interfaces.msg;

import org.ros2.rcljava.Signature;
import org.ros2.rcljava.interfaces.MessageDefinition;

public final class SetParametersResult implements MessageDefinition {
    public SetParametersResult setSuccessful(boolean value) {
        throw Signature.only();
    }

    public SetParametersResult setReason(String value) {
        throw Signature.only();
    }

    @Override
    public long getFromJavaConverterInstance() {
        throw Signature.only();
    }

    @Override
    public long getToJavaConverterInstance() {
        throw Signature.only();
    }

    @Override
    public long getTypeSupportInstance() {
        throw Signature.only();
    }

    @Override
    public long getDestructorInstance() {
        throw Signature.only();
    }
}
