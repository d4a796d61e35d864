package io.vyra.ros2.peer;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A network of its own: a loopback with multicast, and nothing else. It lives as long as the shell that made it, which ends with its standard
 * input; so nothing is left over, however a test ends.
 */
public final class Namespace implements AutoCloseable {
    private static final String MAKE =
            "ip link set lo up && ip link set lo multicast on && ip route add 224.0.0.0/4 dev lo"
                    + " && echo made && read -r end";

    /** The interface at either end of one; those of a second and further ones have a number, too. */
    private static final String CABLE = "cable";

    private final Process shell;

    private Namespace(Process shell) {
        this.shell = shell;
    }

    /** Whether this process may make one; root may, where the system has no rule against it. */
    public static boolean isPossible() {
        try {
            return new ProcessBuilder("unshare", "--net", "true")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            // There is no such program.
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    public static Namespace make() throws IOException {
        Path log = Files.createTempFile(Files.createDirectories(Path.of("target/peers")), "namespace", ".log");
        Process shell = new ProcessBuilder("unshare", "--net", "sh", "-c", MAKE)
                .redirectError(log.toFile())
                .start();
        BufferedReader output = shell.inputReader(StandardCharsets.UTF_8);
        if (!"made".equals(output.readLine())) {
            throw new IOException("No network namespace was made: " + Files.readString(log));
        }
        return new Namespace(shell);
    }

    /** A command that runs others in here. */
    List<String> prefix() {
        return List.of("nsenter", "--net=/proc/" + shell.pid() + "/ns/net");
    }

    /**
     * Lays a cable to another one, over which multicast does not go, as in most networks of clouds and many of radio. This one has the address
     * 10.99.0.1 then, and the other 10.99.0.2.
     */
    public void connect(Namespace other) throws IOException, InterruptedException {
        connect(other, false);
    }

    /** The same, with or without multicast. */
    public void connect(Namespace other, boolean withMulticast) throws IOException, InterruptedException {
        connect(other, 0, withMulticast);
    }

    /**
     * Lays a cable with multicast to another one, as a network of its own. This one has the address 10.(99 + number).0.1 then, and the other
     * 10.(99 + number).0.2.
     *
     * @param number of both ends, from 0
     */
    public void connect(Namespace other, int number) throws IOException, InterruptedException {
        connect(other, number, true);
    }

    private void connect(Namespace other, int number, boolean withMulticast) throws IOException, InterruptedException {
        String cable = cable(number);
        String network = "10." + (99 + number) + ".0.";
        run("ip", "link", "add", cable, "type", "veth", "peer", "name", cable, "netns", "" + other.shell.pid());
        plug(cable, network + "1/24", withMulticast);
        other.plug(cable, network + "2/24", withMulticast);
        // The kernel says some time after both ends are up that they are; an interface that is not running is not used.
        for (Namespace each : List.of(this, other)) {
            await().until(() -> each.run("ip", "-brief", "link", "show", cable).contains(" UP "));
        }
    }

    private static String cable(int number) {
        return number == 0 ? CABLE : CABLE + number;
    }

    private void plug(String cable, String address, boolean withMulticast) throws IOException, InterruptedException {
        run("ip", "address", "add", address, "dev", cable);
        run("ip", "link", "set", cable, "multicast", withMulticast ? "on" : "off", "up");
    }

    /** Gives the end of the cable in here another address, as a router may that was asked anew. */
    public void readdress(String address) throws IOException, InterruptedException {
        run("ip", "address", "flush", "dev", CABLE);
        run("ip", "address", "add", address, "dev", CABLE);
    }

    /** Takes the address from this end of a cable; the other end does not notice. */
    public void unaddress(int number) throws IOException, InterruptedException {
        run("ip", "address", "flush", "dev", cable(number));
    }

    /** Pulls the cable out; what was in the other end is gone as well. */
    public void disconnect() throws IOException, InterruptedException {
        run("ip", "link", "delete", CABLE);
    }

    /** Has the kernel drop some of all packets of UDP. */
    public void lose(double share) throws IOException, InterruptedException {
        run(
                "iptables",
                "-A",
                "INPUT",
                "-p",
                "udp",
                "-m",
                "statistic",
                "--mode",
                "random",
                "--probability",
                "" + share,
                "-j",
                "DROP");
    }

    /** How many packets were dropped. */
    public long lost() throws IOException, InterruptedException {
        return run("iptables", "-L", "INPUT", "-v", "-n", "-x")
                .lines()
                .map(String::strip)
                .filter(line -> line.contains("DROP"))
                .mapToLong(line -> Long.parseLong(line.split(" +")[0]))
                .sum();
    }

    private String run(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(prefix());
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", words) + ": " + output);
        }
        return output;
    }

    @Override
    public void close() throws IOException {
        shell.getOutputStream().close();
        try {
            if (!shell.waitFor(10, TimeUnit.SECONDS)) {
                shell.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            shell.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
