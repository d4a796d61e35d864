package rebuild;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The headers of a tar archive (POSIX.1-1988 ustar), of files whose name fits into one. */
final class TarBlocks {
    static final int BLOCK = 512;
    private static final int NAME = 100;
    private static final int SIZE_AT = 124;
    private static final int SIZE_DIGITS = 11;
    private static final int SUM_AT = 148;
    private static final int SUM_DIGITS = 6;

    private TarBlocks() {}

    /** Empty after the last entry. */
    static String name(byte[] archive, int header) {
        int end = header;
        while (end < header + NAME && archive[end] != 0) {
            end++;
        }
        return new String(archive, header, end - header, StandardCharsets.UTF_8);
    }

    static int size(byte[] archive, int header) {
        String digits = new String(archive, header + SIZE_AT, SIZE_DIGITS, StandardCharsets.US_ASCII);
        return Integer.parseInt(digits.strip(), 8);
    }

    static byte[] content(byte[] archive, int header) {
        int begin = header + BLOCK;
        return Arrays.copyOfRange(archive, begin, begin + size(archive, header));
    }

    /** Where the entry after this one has its header. */
    static int next(byte[] archive, int header) {
        return header + BLOCK + padded(size(archive, header));
    }

    private static int padded(int size) {
        return (size + BLOCK - 1) / BLOCK * BLOCK;
    }

    /** An entry like the one at this header, with another name and content. */
    static byte[] entry(byte[] archive, int header, String name, byte[] content) {
        byte[] written = Arrays.copyOfRange(archive, header, header + BLOCK);
        Arrays.fill(written, 0, NAME, (byte) 0);
        byte[] characters = name.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(characters, 0, written, 0, characters.length);
        octal(written, SIZE_AT, SIZE_DIGITS, content.length);
        byte[] counted = written.clone();
        Arrays.fill(counted, SUM_AT, SUM_AT + SUM_DIGITS + 2, (byte) ' ');
        int sum = 0;
        for (byte each : counted) {
            sum += Byte.toUnsignedInt(each);
        }
        octal(written, SUM_AT, SUM_DIGITS, sum);
        ByteArrayOutputStream entry = new ByteArrayOutputStream(BLOCK + padded(content.length));
        entry.writeBytes(written);
        entry.writeBytes(content);
        entry.writeBytes(new byte[padded(content.length) - content.length]);
        return entry.toByteArray();
    }

    private static void octal(byte[] header, int at, int digits, int value) {
        String text = Integer.toOctalString(value);
        byte[] characters = ("0".repeat(digits - text.length()) + text).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(characters, 0, header, at, digits);
    }
}
