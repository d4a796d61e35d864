package io.vyra.ros2.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What Wireshark makes of a capture. */
public final class Tshark {
    /** A filter for packets that are malformed, or with which something else is wrong. */
    public static final String WRONG = "_ws.malformed || _ws.expert.severity >= 0x00800000";

    private Tshark() {}

    /** The numbers of the packets that the filter lets through. */
    public static List<String> frames(Path capture, String filter) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("tshark", "-n", "-r", capture.toString()));
        command.addAll(List.of("-Y", filter, "-T", "fields", "-e", "frame.number"));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
        return output.lines().toList();
    }
}
