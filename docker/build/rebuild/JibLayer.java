package rebuild;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * A layer as Jib writes it: its files and folders by name, each after a record of its times (POSIX.1-2001 pax), which are the same for
 * all. So the entries of another tree are those of this one with other names and contents.
 */
final class JibLayer {
    private static final String TIMES = "./PaxHeaders.X/";

    /** Longer ones do not fit into a header behind that word. */
    private static final int NAME_MAX = 84;

    private final byte[] tar;
    private final Map<String, byte[]> contents = new TreeMap<>();

    /** Where an entry of its kind begins; -1 before one was seen. */
    private int folder = -1;

    private int file = -1;
    private int end;

    private JibLayer(byte[] tar) throws WholeBuildNeeded {
        this.tar = tar;
        while (!TarBlocks.name(tar, end).isEmpty()) {
            int entry = TarBlocks.next(tar, end);
            if (!TarBlocks.name(tar, end).startsWith(TIMES)) {
                throw notJibs();
            }
            String name = TarBlocks.name(tar, entry);
            if (isFolder(name)) {
                folder = end;
            } else {
                file = end;
            }
            contents.put(name, TarBlocks.content(tar, entry));
            end = TarBlocks.next(tar, entry);
        }
        if (folder < 0 || file < 0 || !Arrays.equals(tar, written(contents))) {
            throw notJibs();
        }
    }

    /** Refuses one that it could not write itself. */
    static JibLayer of(byte[] tar) throws WholeBuildNeeded {
        return new JibLayer(tar);
    }

    /**
     * The layer of another tree.
     *
     * @param tree its files by their paths; the name of a folder ends with a slash
     */
    byte[] with(Map<String, byte[]> tree) throws WholeBuildNeeded {
        for (String name : tree.keySet()) {
            if (!name.matches("[ -~]{1," + NAME_MAX + "}")) {
                throw new WholeBuildNeeded(name + " is a longer name, or another one, than is written here");
            }
        }
        return written(new TreeMap<>(tree));
    }

    private byte[] written(Map<String, byte[]> tree) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(tar.length);
        tree.forEach((name, content) -> {
            int times = isFolder(name) ? folder : file;
            out.writeBytes(TarBlocks.entry(
                    tar, times, TIMES + name.replace('/', '_'), TarBlocks.content(tar, times)));
            out.writeBytes(TarBlocks.entry(tar, TarBlocks.next(tar, times), name, content));
        });
        out.write(tar, end, tar.length - end);
        return out.toByteArray();
    }

    private static boolean isFolder(String name) {
        return name.endsWith("/");
    }

    private static WholeBuildNeeded notJibs() {
        return new WholeBuildNeeded("the page's layer is not as Jib writes it");
    }
}
