package robot_msgs.msg;

import java.util.List;

/** As rosidl_generator_java writes it, but without a native library. */
public final class Everything extends WithoutLibrary {
    private boolean flag;
    private byte octet;
    private byte letter;
    private byte small;
    private byte small_unsigned;
    private short middle;
    private short middle_unsigned;
    private int large;
    private int large_unsigned;
    private long huge;
    private long huge_unsigned;
    private float f32;
    private double f64;
    private String text = "";
    private String wide = "";
    private Part part = new Part();
    private List<Byte> data = List.of();
    private List<Short> pair;
    private List<String> words = List.of();
    private List<Part> parts = List.of();

    public Everything setFlag(final boolean value) {
        this.flag = value;
        return this;
    }

    public boolean getFlag() {
        return flag;
    }

    public Everything setOctet(final byte value) {
        this.octet = value;
        return this;
    }

    public byte getOctet() {
        return octet;
    }

    public Everything setLetter(final byte value) {
        this.letter = value;
        return this;
    }

    public byte getLetter() {
        return letter;
    }

    public Everything setSmall(final byte value) {
        this.small = value;
        return this;
    }

    public byte getSmall() {
        return small;
    }

    public Everything setSmallUnsigned(final byte value) {
        this.small_unsigned = value;
        return this;
    }

    public byte getSmallUnsigned() {
        return small_unsigned;
    }

    public Everything setMiddle(final short value) {
        this.middle = value;
        return this;
    }

    public short getMiddle() {
        return middle;
    }

    public Everything setMiddleUnsigned(final short value) {
        this.middle_unsigned = value;
        return this;
    }

    public short getMiddleUnsigned() {
        return middle_unsigned;
    }

    public Everything setLarge(final int value) {
        this.large = value;
        return this;
    }

    public int getLarge() {
        return large;
    }

    public Everything setLargeUnsigned(final int value) {
        this.large_unsigned = value;
        return this;
    }

    public int getLargeUnsigned() {
        return large_unsigned;
    }

    public Everything setHuge(final long value) {
        this.huge = value;
        return this;
    }

    public long getHuge() {
        return huge;
    }

    public Everything setHugeUnsigned(final long value) {
        this.huge_unsigned = value;
        return this;
    }

    public long getHugeUnsigned() {
        return huge_unsigned;
    }

    public Everything setF32(final float value) {
        this.f32 = value;
        return this;
    }

    public float getF32() {
        return f32;
    }

    public Everything setF64(final double value) {
        this.f64 = value;
        return this;
    }

    public double getF64() {
        return f64;
    }

    public Everything setText(final String value) {
        this.text = value;
        return this;
    }

    public String getText() {
        return text;
    }

    public Everything setWide(final String value) {
        this.wide = value;
        return this;
    }

    public String getWide() {
        return wide;
    }

    public Everything setPart(final Part value) {
        this.part = value;
        return this;
    }

    public Part getPart() {
        return part;
    }

    public Everything setData(final List<Byte> value) {
        this.data = value;
        return this;
    }

    public List<Byte> getData() {
        return data;
    }

    public Everything setPair(final List<Short> value) {
        this.pair = value;
        return this;
    }

    public List<Short> getPair() {
        return pair;
    }

    public Everything setWords(final List<String> value) {
        this.words = value;
        return this;
    }

    public List<String> getWords() {
        return words;
    }

    public Everything setParts(final List<Part> value) {
        this.parts = value;
        return this;
    }

    public List<Part> getParts() {
        return parts;
    }
}
