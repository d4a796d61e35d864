package rebuild;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * A jar whose entries are stored, not deflated, as the build makes the project's own (APPNOTE.TXT 6.3, PKWARE). Exchanging the content
 * of entries gives the bytes that the archiver of the build would: of a stored entry nothing else depends on its content but its sum
 * and its size.
 */
final class StoredJar {
    private static final int LOCAL = 0x04034b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int END = 0x06054b50;
    private static final int LOCAL_BYTES = 30;
    private static final int CENTRAL_BYTES = 46;
    private static final int END_BYTES = 22;

    /** Where an entry's records begin, and its content. */
    private record Entry(String name, int local, int content, int size, int central, int centralBytes) {}

    private final ByteBuffer bytes;
    private final int end;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private StoredJar(Path file) throws IOException, WholeBuildNeeded {
        bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        end = bytes.capacity() - END_BYTES;
        if (end < 0 || bytes.getInt(end) != END) {
            throw new WholeBuildNeeded(file + " is not a jar as the build makes it");
        }
        int central = bytes.getInt(end + 16);
        int expected = 0;
        for (int i = Short.toUnsignedInt(bytes.getShort(end + 10)); i > 0; i--) {
            Entry entry = entry(central);
            if (bytes.getInt(central) != CENTRAL
                    || entry.local() != expected
                    || bytes.getInt(entry.local()) != LOCAL
                    || bytes.getShort(central + 10) != 0
                    || (bytes.getShort(central + 8) & 8) != 0) {
                throw new WholeBuildNeeded(file + " is not a jar as the build makes it");
            }
            entries.put(entry.name(), entry);
            expected = entry.content() + entry.size();
            central += entry.centralBytes();
        }
    }

    static StoredJar of(Path file) throws IOException, WholeBuildNeeded {
        return new StoredJar(file);
    }

    private Entry entry(int central) {
        int nameBytes = Short.toUnsignedInt(bytes.getShort(central + 28));
        int centralBytes = CENTRAL_BYTES
                + nameBytes
                + Short.toUnsignedInt(bytes.getShort(central + 30))
                + Short.toUnsignedInt(bytes.getShort(central + 32));
        int local = bytes.getInt(central + 42);
        int content = local
                + LOCAL_BYTES
                + Short.toUnsignedInt(bytes.getShort(local + 26))
                + Short.toUnsignedInt(bytes.getShort(local + 28));
        String name = new String(bytes.array(), central + CENTRAL_BYTES, nameBytes, StandardCharsets.UTF_8);
        return new Entry(name, local, content, bytes.getInt(central + 24), central, centralBytes);
    }

    List<String> classes() {
        return entries.keySet().stream().filter(name -> name.endsWith(".class")).toList();
    }

    boolean has(String name) {
        return entries.containsKey(name);
    }

    byte[] content(String name) {
        Entry entry = entries.get(name);
        byte[] content = new byte[entry.size()];
        bytes.get(entry.content(), content);
        return content;
    }

    /** The jar with other content for some of its entries. */
    byte[] with(Map<String, byte[]> exchanged) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.capacity());
        List<ByteBuffer> centrals = new ArrayList<>();
        for (Entry entry : entries.values()) {
            ByteBuffer local = copy(entry.local(), entry.content() - entry.local());
            ByteBuffer central = copy(entry.central(), entry.centralBytes());
            byte[] content = exchanged.getOrDefault(entry.name(), content(entry.name()));
            describe(local, 14, content);
            describe(central, 16, content);
            central.putInt(42, out.size());
            centrals.add(central);
            out.writeBytes(local.array());
            out.writeBytes(content);
        }
        ByteBuffer last = copy(end, END_BYTES);
        last.putInt(16, out.size());
        centrals.forEach(central -> out.writeBytes(central.array()));
        out.writeBytes(last.array());
        return out.toByteArray();
    }

    private ByteBuffer copy(int from, int count) {
        byte[] copied = new byte[count];
        bytes.get(from, copied);
        return ByteBuffer.wrap(copied).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void describe(ByteBuffer header, int at, byte[] content) {
        CRC32 sum = new CRC32();
        sum.update(content);
        header.putInt(at, (int) sum.getValue());
        header.putInt(at + 4, content.length);
        header.putInt(at + 8, content.length);
    }
}
