package io.vyra.ros2.rtps.message;

/** Who made an implementation, as two bytes that the OMG hands out. */
public record Vendor(int id) {
    /** None that the OMG knows, which is what this library is. */
    public static final Vendor UNKNOWN = new Vendor(0);

    public static final Vendor FAST_DDS = new Vendor(0x010f);
    public static final Vendor CYCLONE_DDS = new Vendor(0x0110);

    static Vendor of(int id) {
        return switch (id) {
            case 0 -> UNKNOWN;
            case 0x010f -> FAST_DDS;
            case 0x0110 -> CYCLONE_DDS;
            default -> new Vendor(id);
        };
    }

    @Override
    public String toString() {
        return switch (id) {
            case 0 -> "unknown";
            case 0x010f -> "Fast DDS";
            case 0x0110 -> "Cyclone DDS";
            default -> String.format("0x%04x", id);
        };
    }
}
