package io.vyra.modulemanager.benchmark.ros2;

/** Whose implementation a process has. */
enum Kind {
    OURS("ours"),
    CYCLONE("Cyclone DDS"),
    FAST_DDS("Fast DDS");

    private final String words;

    Kind(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
