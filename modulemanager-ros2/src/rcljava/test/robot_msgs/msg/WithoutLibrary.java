package robot_msgs.msg;

import org.ros2.rcljava.interfaces.MessageDefinition;

/** What the native library of a message would give. */
abstract class WithoutLibrary implements MessageDefinition {
    @Override
    public final long getFromJavaConverterInstance() {
        return 0;
    }

    @Override
    public final long getToJavaConverterInstance() {
        return 0;
    }

    @Override
    public final long getTypeSupportInstance() {
        return 0;
    }

    @Override
    public final long getDestructorInstance() {
        return 0;
    }
}
