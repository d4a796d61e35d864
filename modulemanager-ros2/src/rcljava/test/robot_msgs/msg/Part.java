package robot_msgs.msg;

/** As rosidl_generator_java writes it, but without a native library. */
public final class Part extends WithoutLibrary {
    private String frame_id = "";
    private double size;

    public Part setFrameId(final String value) {
        this.frame_id = value;
        return this;
    }

    public String getFrameId() {
        return frame_id;
    }

    public Part setSize(final double value) {
        this.size = value;
        return this;
    }

    public double getSize() {
        return size;
    }
}
