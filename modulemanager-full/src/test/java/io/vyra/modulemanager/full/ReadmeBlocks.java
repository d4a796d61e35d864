package io.vyra.modulemanager.full;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The shell blocks of a Markdown document that a comment {@code <!-- quick-start: name -->} in the line before the fence marks.
 *
 * @param blocks in the order of the document
 */
record ReadmeBlocks(List<Block> blocks) {
    private static final Pattern MARK = Pattern.compile("^<!-- quick-start: ([a-z-]+) -->$");

    ReadmeBlocks {
        blocks = List.copyOf(blocks);
    }

    record Block(String name, String script) {}

    static ReadmeBlocks read(Path document) throws IOException {
        return parse(Files.readString(document));
    }

    /**
     * @throws IllegalArgumentException naming the line, when a mark is not followed by a closed {@code ```sh} block
     */
    static ReadmeBlocks parse(String document) {
        List<String> lines = document.lines().toList();
        List<Block> blocks = new ArrayList<>();
        for (int at = 0; at < lines.size(); at++) {
            Matcher mark = MARK.matcher(lines.get(at));
            if (!mark.matches()) {
                continue;
            }
            List<String> rest = lines.subList(at + 1, lines.size());
            int end = rest.indexOf("```");
            if (end < 1 || !rest.getFirst().equals("```sh")) {
                throw new IllegalArgumentException(
                        "line " + (at + 1) + ": the mark must be followed by a block that starts with ```sh");
            }
            blocks.add(new Block(mark.group(1), String.join("\n", rest.subList(1, end))));
        }
        return new ReadmeBlocks(blocks);
    }

    String script(String name) {
        return blocks.stream()
                .filter(block -> block.name().equals(name))
                .map(Block::script)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no block " + name + " in the document"));
    }
}
