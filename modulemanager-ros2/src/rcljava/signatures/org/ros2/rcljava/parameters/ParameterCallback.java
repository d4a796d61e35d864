package org.ros2.rcljava.parameters;

import java.util.List;
import rcl_interfaces.msg.SetParametersResult;

public interface ParameterCallback {
    SetParametersResult callback(List<ParameterVariant> parameters);
}
