package io.vyra.modulemanager.benchmark;

import io.vyra.modulemanager.benchmark.result.Findings;

/** Something that is measured. */
public interface Benchmark {
    /** As it is called on the command line, and its result file is named. */
    String name();

    /** One line: what is measured. */
    String title();

    /**
     * Measures, and puts down figures, verdicts and the conditions they hold under. Ends every process it started, also when it
     * fails.
     *
     * @throws Exception when it could not be measured; a missed target is a verdict, not an exception
     */
    void run(Scene scene, Findings findings) throws Exception;
}
