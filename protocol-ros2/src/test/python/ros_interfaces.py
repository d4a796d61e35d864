"""Interfaces that every distribution of ROS 2 has, from their published definitions."""

from types import SimpleNamespace

from cyclonedds.idl.types import array, int8, int32, int64, sequence, uint8, uint32, uint64
from rmw import message, service

TIME = message("builtin_interfaces/msg/Time", sec=int32, nanosec=uint32)
UUID = message("unique_identifier_msgs/msg/UUID", uuid=array[uint8, 16])
HEADER = message("std_msgs/msg/Header", stamp=TIME, frame_id=str)

# ---- lifecycle_msgs ----

STATE = message("lifecycle_msgs/msg/State", id=uint8, label=str)
TRANSITION = message("lifecycle_msgs/msg/Transition", id=uint8, label=str)
GET_STATE = service("lifecycle_msgs/srv/GetState", {}, {"current_state": STATE})
CHANGE_STATE = service("lifecycle_msgs/srv/ChangeState", {"transition": TRANSITION}, {"success": bool})

# ---- rcl_interfaces ----

LOG = message(
    "rcl_interfaces/msg/Log",
    stamp=TIME,
    level=uint8,
    name=str,
    msg=str,
    file=str,
    function=str,
    line=uint32,
)
VALUE = message(
    "rcl_interfaces/msg/ParameterValue",
    type=uint8,
    bool_value=bool,
    integer_value=int64,
    double_value=float,
    string_value=str,
    byte_array_value=sequence[uint8],
    bool_array_value=sequence[bool],
    integer_array_value=sequence[int64],
    double_array_value=sequence[float],
    string_array_value=sequence[str],
)
# In the order of ParameterType.
VALUE_TYPES = (
    "not_set",
    "bool",
    "integer",
    "double",
    "string",
    "byte_array",
    "bool_array",
    "integer_array",
    "double_array",
    "string_array",
)
PARAMETER = message("rcl_interfaces/msg/Parameter", name=str, value=VALUE)
DOUBLE_RANGE = message("rcl_interfaces/msg/FloatingPointRange", from_value=float, to_value=float, step=float)
INTEGER_RANGE = message("rcl_interfaces/msg/IntegerRange", from_value=int64, to_value=int64, step=uint64)
DESCRIPTOR = message(
    "rcl_interfaces/msg/ParameterDescriptor",
    name=str,
    type=uint8,
    description=str,
    additional_constraints=str,
    read_only=bool,
    dynamic_typing=bool,
    floating_point_range=sequence[DOUBLE_RANGE, 1],
    integer_range=sequence[INTEGER_RANGE, 1],
)
SET_RESULT = message("rcl_interfaces/msg/SetParametersResult", successful=bool, reason=str)
LIST_RESULT = message("rcl_interfaces/msg/ListParametersResult", names=sequence[str], prefixes=sequence[str])
NAMES = {"names": sequence[str]}
CHANGES = {"parameters": sequence[PARAMETER]}
LIST_PARAMETERS = service(
    "rcl_interfaces/srv/ListParameters", {"prefixes": sequence[str], "depth": uint64}, {"result": LIST_RESULT}
)
GET_PARAMETERS = service("rcl_interfaces/srv/GetParameters", NAMES, {"values": sequence[VALUE]})
GET_PARAMETER_TYPES = service("rcl_interfaces/srv/GetParameterTypes", NAMES, {"types": sequence[uint8]})
DESCRIBE_PARAMETERS = service("rcl_interfaces/srv/DescribeParameters", NAMES, {"descriptors": sequence[DESCRIPTOR]})
SET_PARAMETERS = service("rcl_interfaces/srv/SetParameters", CHANGES, {"results": sequence[SET_RESULT]})
SET_PARAMETERS_ATOMICALLY = service("rcl_interfaces/srv/SetParametersAtomically", CHANGES, {"result": SET_RESULT})


def value(kind=0, content=None):
    """A ParameterValue of the type with that number."""
    empty = VALUE(0, False, 0, 0.0, "", [], [], [], [], [])
    empty.type = kind
    if kind:
        setattr(empty, VALUE_TYPES[kind] + "_value", content)
    return empty


def content(parameter):
    """Of a ParameterValue; None when it is not set."""
    return getattr(parameter, VALUE_TYPES[parameter.type] + "_value") if parameter.type else None


# ---- diagnostic_msgs ----

KEY_VALUE = message("diagnostic_msgs/msg/KeyValue", key=str, value=str)
STATUS = message(
    "diagnostic_msgs/msg/DiagnosticStatus",
    level=uint8,
    name=str,
    message=str,
    hardware_id=str,
    values=sequence[KEY_VALUE],
)
DIAGNOSTICS = message("diagnostic_msgs/msg/DiagnosticArray", header=HEADER, status=sequence[STATUS])

# ---- action_msgs ----

GOAL_INFO = message("action_msgs/msg/GoalInfo", goal_id=UUID, stamp=TIME)
GOAL_STATUS = message("action_msgs/msg/GoalStatus", goal_info=GOAL_INFO, status=int8)
GOAL_STATUSES = message("action_msgs/msg/GoalStatusArray", status_list=sequence[GOAL_STATUS])
CANCEL_GOAL = service(
    "action_msgs/srv/CancelGoal",
    {"goal_info": GOAL_INFO},
    {"return_code": int8, "goals_canceling": sequence[GOAL_INFO]},
)


def action(name, goal, result, feedback):
    """The types of an action, of the fields of its goal, its result and its feedback."""
    parts = SimpleNamespace(
        goal=message(name + "_Goal", **goal),
        result=message(name + "_Result", **result),
        feedback=message(name + "_Feedback", **feedback),
    )
    parts.send_goal = service(
        name + "_SendGoal", {"goal_id": UUID, "goal": parts.goal}, {"accepted": bool, "stamp": TIME}
    )
    parts.get_result = service(name + "_GetResult", {"goal_id": UUID}, {"status": int8, "result": parts.result})
    parts.feedback_message = message(name + "_FeedbackMessage", goal_id=UUID, feedback=parts.feedback)
    return parts
