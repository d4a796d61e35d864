package io.vyra.modulemanager.benchmark;

import java.time.Duration;
import java.util.List;

/**
 * How much is measured.
 *
 * @param spawnRounds      starts of each kind
 * @param recoveryRounds   crashes under each process manager
 * @param recoveryCalm     how long a process runs at least before it is crashed; process managers that tell a crash at the start from
 *                         a later one (1 s in supervisord and pm2) must see the later one
 * @param listedModules    installed modules whose list is read
 * @param listWarmUp       time of the same load before the measured rounds
 * @param listRounds       rounds under load of every kind of request
 * @param listLoad         time under load of a round
 * @param eventClients     streams, stalled ones included
 * @param stalledClients   streams that are never read
 * @param eventRounds      rounds of events; memory is compared between them
 * @param eventsPerRound   events of a round at least
 * @param packageMebibytes size of the package that is installed
 * @param installRounds    installations, and runs of the commands they are compared with
 * @param startModules     stopped modules the manager knows at its start
 * @param startRounds      starts of the manager
 * @param startRest        how long the manager is left alone before its memory is read
 * @param soakCycles       start, crash and stop cycles
 * @param soakSamples      samples of threads, files and memory
 * @param zenohRounds      rounds of all pairs of Zenoh sessions
 * @param zenohQueries     questions of a round
 * @param zenohMessages    small messages of a round
 * @param zenohPacedTime   time at a steady rate of a round
 * @param idleModules      how many modules are on the bus of the SLIM distribution while nothing happens
 * @param idleSettling     time before that is measured
 * @param idleWindow       time in which it is
 * @param ros2Rounds       rounds of all pairs of ROS 2 participants, and starts of each implementation
 * @param ros2Pings        samples with an echo of a round
 * @param ros2Messages     samples of a round as fast as they go
 * @param ros2Participants other participants that are known
 * @param ros2Endpoints    endpoints of each of them
 * @param containerRounds starts of a container of each kind
 */
public record Scale(
        String name,
        int spawnRounds,
        int recoveryRounds,
        Duration recoveryCalm,
        int listedModules,
        Duration listWarmUp,
        int listRounds,
        Duration listLoad,
        int eventClients,
        int stalledClients,
        int eventRounds,
        int eventsPerRound,
        int packageMebibytes,
        int installRounds,
        int startModules,
        int startRounds,
        Duration startRest,
        int soakCycles,
        int soakSamples,
        int zenohRounds,
        int zenohQueries,
        int zenohMessages,
        Duration zenohPacedTime,
        List<Integer> idleModules,
        Duration idleSettling,
        Duration idleWindow,
        int ros2Rounds,
        int ros2Pings,
        int ros2Messages,
        int ros2Participants,
        int ros2Endpoints,
        int containerRounds) {

    /** What the targets are meant for. */
    public static final Scale FULL = new Scale(
            "full",
            200,
            100,
            Duration.ofMillis(1_200),
            200,
            Duration.ofSeconds(40),
            7,
            Duration.ofSeconds(10),
            50,
            10,
            6,
            5_000,
            100,
            7,
            50,
            11,
            Duration.ofSeconds(10),
            1_000,
            50,
            5,
            1_000,
            200_000,
            Duration.ofSeconds(2),
            List.of(0, 10, 50),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            5,
            5_000,
            100_000,
            50,
            20,
            40);

    /** Shows in seconds that everything works; its figures mean nothing. */
    public static final Scale TINY = new Scale(
            "tiny",
            3,
            2,
            Duration.ofMillis(100),
            5,
            Duration.ofSeconds(1),
            2,
            Duration.ofSeconds(1),
            6,
            2,
            2,
            100,
            2,
            2,
            3,
            2,
            Duration.ofMillis(500),
            12,
            6,
            1,
            20,
            2_000,
            Duration.ofMillis(100),
            List.of(0, 2),
            Duration.ofSeconds(1),
            Duration.ofSeconds(6),
            1,
            20,
            500,
            3,
            4,
            3);

    public boolean isFull() {
        return this == FULL;
    }
}
