package io.vyra.ros2.idl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hashes that ROS 2 Jazzy itself gives these interfaces. */
class TypeHashTest {
    private final TypeRegistry registry = TypeRegistry.shipped();

    @ParameterizedTest
    @CsvSource({
        "std_msgs/msg/String, df668c740482bbd48fb39d76a70dfd4bd59db1288021743503259e948f6b1a18",
        "std_msgs/msg/Char, 3ad2d04dd29ba19d04b16659afa3ccaedd691914b02a64e82e252f2fa6a586a9",
        "std_msgs/msg/Empty, 20b625256f32d5dbc0d04fee44f43c41e51c70d3502f84b4a08e7a9c26a96312",
        "geometry_msgs/msg/PoseStamped, 10f3786d7d40fd2b54367835614bff85d4ad3b5dab62bf8bca0cc232d73b4cd8",
        "rcl_interfaces/msg/Log, e28ce254ca8abc06abf92773b74602cdbf116ed34fbaf294fb9f81da9f318eac",
        "rcl_interfaces/msg/ParameterEvent, 043e627780fcad87a22d225bc2a037361dba713fca6a6b9f4b869a5aa0393204",
        "action_msgs/msg/GoalStatusArray, 6c1684b00f177d37438febe6e709fc4e2b0d4248dca4854946f9ed8b30cda83e",
        "rmw_dds_common/msg/ParticipantEntitiesInfo, 91a0593bacdcc50ea9bdcf849a938b128412cc1ea821245c663bcd26f83c295e",
    })
    void shouldHashMessages(String name, String hash) {
        assertThat(registry.hash(TypeName.parse(name))).hasToString("RIHS01_" + hash);
    }

    @ParameterizedTest
    @CsvSource({
        "example_interfaces/srv/AddTwoInts, e118de6bf5eeb66a2491b5bda11202e7b68f198d6f67922cf30364858239c81a",
        "action_msgs/srv/CancelGoal, 573d8b0a534451d7bc2ac8c5ffde8ac14b8593b7001175d0cd6516dcbeb8689a",
        "rcl_interfaces/srv/GetParameters, bf9803d5c74cf989a5de3e0c2e99444599a627c7ff75f97b8c05b01003675cbc",
        "rcl_interfaces/srv/GetParameterTypes, da199c878688b3e530bdfe3ca8f74cb9fa0c303101e980a9e8f260e25e1c80ca",
        "rcl_interfaces/srv/SetParameters, 56eed9a67e169f9cb6c1f987bc88f868c14a8fc9f743a263bc734c154015d7e0",
        "rcl_interfaces/srv/SetParametersAtomically, 0e192ef259c07fc3c07a13191d27002222e65e00ccec653ca05e856f79285fcd",
        "rcl_interfaces/srv/ListParameters, 3e6062bfbb27bfb8730d4cef2558221f51a11646d78e7bb30a1e83afac3aad9d",
        "rcl_interfaces/srv/DescribeParameters, 845b484d71eb0673dae682f2e3ba3c4851a65a3dcfb97bddd82c5b57e91e4cff",
    })
    void shouldHashServices(String name, String hash) {
        assertThat(registry.hash(TypeName.parse(name))).hasToString("RIHS01_" + hash);
    }

    @ParameterizedTest
    @CsvSource({
        "example_interfaces/action/Fibonacci_SendGoal, d1a57fb2a4afe8c21e34fb10db206f16ce6729b28531141472df92277c55b557",
        "example_interfaces/action/Fibonacci_GetResult, 1b0de0d5d29dc955d92f546706568428632771db13ec84c15ec1c1a59f424a57",
    })
    void shouldHashTheServicesOfActions(String name, String hash) {
        assertThat(registry.hash(TypeName.parse(name))).hasToString("RIHS01_" + hash);
    }
}
