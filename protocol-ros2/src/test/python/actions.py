"""Clients and servers of actions, as rclcpp and rclpy have them."""

import threading
import time
import uuid

import ros_interfaces as ros
from rmw import LOOK_AGAIN, say

ACCEPTED, EXECUTING, CANCELING, SUCCEEDED, CANCELED, ABORTED = range(1, 7)
NO_ERROR, REJECTED, UNKNOWN_GOAL, GOAL_TERMINATED = range(4)
NO_TIME = (0, 0)


def now():
    seconds, nanoseconds = divmod(time.time_ns(), 1_000_000_000)
    return ros.TIME(seconds, nanoseconds)


def _name(action, part):
    return f"{action}/_action/{part}"


class ActionClient:
    """Tells what it hears: feedback as `describe` has it, and each status of its goals."""

    def __init__(self, node, action, kind, describe, tell=say):
        self.node, self.describe, self.tell = node, describe, tell
        self.goals, self.heard = {}, {}
        # These first: a server learns of readers in this order, and of those of the services before it answers.
        self.feedback = node.subscription(_name(action, "feedback"), kind.feedback_message, self._progress)
        self.status = node.subscription(
            _name(action, "status"), ros.GOAL_STATUSES, self._status, depth=1, latched=True
        )
        self.send_goal = node.client(_name(action, "send_goal"), kind.send_goal)
        self.cancel_goal = node.client(_name(action, "cancel_goal"), ros.CANCEL_GOAL)
        self.get_result = node.client(_name(action, "get_result"), kind.get_result)

    def _progress(self, message):
        for name, goal in list(self.goals.items()):
            if list(message.goal_id.uuid) == list(goal.uuid):
                self.tell("feedback", name, *self.describe(message.feedback))

    def _status(self, message):
        for status in message.status_list:
            for name, goal in list(self.goals.items()):
                if list(status.goal_info.goal_id.uuid) == list(goal.uuid) and self.heard.get(name) != status.status:
                    self.heard[name] = status.status
                    self.tell("status", name, status.status)

    def is_ready(self):
        """As rcl_action_server_is_available has it."""
        services = (self.send_goal, self.cancel_goal, self.get_result)
        topics = (self.feedback, self.status)
        return all(one.is_served() for one in services) and all(one.get_matched_publications() for one in topics)

    def send(self, name, goal):
        """Under that name it is spoken of from here on."""
        while not self.is_ready():
            time.sleep(LOOK_AGAIN)
        self.goals[name] = ros.UUID(list(uuid.uuid4().bytes))
        reply = self.send_goal.call(self.goals[name], goal)
        self.tell("accepted", name, reply.accepted)

    def result(self, name):
        """Waits for it."""
        return self.get_result.call(self.goals[name])

    def cancel(self, name):
        """The goal of that name; of an unknown one nobody has heard."""
        goal = self.goals.get(name) or ros.UUID(list(uuid.uuid4().bytes))
        self._say_canceled(name, ros.GOAL_INFO(goal, ros.TIME(*NO_TIME)))

    def cancel_all(self):
        self._say_canceled("*", ros.GOAL_INFO(ros.UUID([0] * 16), ros.TIME(*NO_TIME)))

    def _say_canceled(self, name, info):
        reply = self.cancel_goal.call(info)
        self.tell("canceling", name, reply.return_code, len(reply.goals_canceling))


class Goal:
    def __init__(self, identity, request):
        self.identity, self.request, self.stamp = identity, request, now()
        self.status = ACCEPTED
        self.result, self.asked = None, []
        self.canceling = threading.Event()


class ActionServer:
    """Has each goal reached in a thread of its own, and answers who asks for a result once there is one."""

    def __init__(self, node, action, kind, nothing, accept, execute):
        """
        @param nothing  the fields of the result of a goal that nobody knows
        @param accept   whether a goal is taken up
        @param execute  is given it, and whom to tell the fields of its feedback; returns how it ended and the fields of its result
        """
        self.node, self.kind, self.nothing, self.accept, self.execute = node, kind, nothing, accept, execute
        self.goals, self.lock = {}, threading.RLock()
        self.feedback = node.publisher(_name(action, "feedback"), kind.feedback_message)
        self.status = node.publisher(_name(action, "status"), ros.GOAL_STATUSES, depth=1, latched=True)
        node.serve(_name(action, "send_goal"), kind.send_goal, self._send_goal)
        node.serve(_name(action, "cancel_goal"), ros.CANCEL_GOAL, self._cancel)
        self.results = node.serve(_name(action, "get_result"), kind.get_result, self._get_result)

    def _send_goal(self, request):
        key = bytes(request.goal_id.uuid)
        with self.lock:
            if key in self.goals or not self.accept(request.goal):
                return False, ros.TIME(*NO_TIME)
            goal = self.goals[key] = Goal(request.goal_id, request.goal)
            self._tell()
        threading.Thread(target=self._run, args=(goal,), daemon=True).start()
        return True, goal.stamp

    def _run(self, goal):
        self._become(goal, EXECUTING)
        status, fields = self.execute(goal, lambda *progress: self._progress(goal, progress))
        self._become(goal, status)
        with self.lock:
            goal.result = (status, self.kind.result(*fields))
            for request in goal.asked:
                self.results.reply(request, *goal.result)

    def _progress(self, goal, progress):
        # Else the test could not say what must come.
        while not self.feedback.get_matched_subscriptions():
            time.sleep(LOOK_AGAIN)
        self.feedback.write(self.kind.feedback_message(goal.identity, self.kind.feedback(*progress)))

    def _become(self, goal, status):
        with self.lock:
            # A goal that is to be canceled before it began stays so.
            if status != EXECUTING or goal.status == ACCEPTED:
                goal.status = status
            self._tell()

    def _tell(self):
        told = [
            ros.GOAL_STATUS(ros.GOAL_INFO(goal.identity, goal.stamp), goal.status) for goal in self.goals.values()
        ]
        self.status.write(ros.GOAL_STATUSES(told))

    def _cancel(self, request):
        key = bytes(request.goal_info.goal_id.uuid)
        with self.lock:
            meant = [self.goals[key]] if key in self.goals else list(self.goals.values()) if not any(key) else []
            canceling = [goal for goal in meant if goal.status in (ACCEPTED, EXECUTING)]
            for goal in canceling:
                self._become(goal, CANCELING)
                goal.canceling.set()
            code = NO_ERROR if canceling else GOAL_TERMINATED if key in self.goals else UNKNOWN_GOAL
            return code, [ros.GOAL_INFO(goal.identity, goal.stamp) for goal in canceling]

    def _get_result(self, request):
        with self.lock:
            goal = self.goals.get(bytes(request.goal_id.uuid))
            if goal is None:
                return 0, self.kind.result(*self.nothing)
            if goal.result is None:
                goal.asked.append(request)
                return None
            return goal.result
