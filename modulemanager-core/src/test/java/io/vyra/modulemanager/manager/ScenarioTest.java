package io.vyra.modulemanager.manager;

/** The scenarios of every runtime, with plain processes. */
class ScenarioTest extends ModuleScenarios {
    @Override
    protected SampleRuntime runtime() {
        return new SampleProcesses();
    }
}
