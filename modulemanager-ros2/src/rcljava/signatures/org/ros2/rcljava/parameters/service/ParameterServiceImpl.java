package org.ros2.rcljava.parameters.service;

import org.ros2.rcljava.Signature;
import org.ros2.rcljava.node.Node;

public class ParameterServiceImpl implements ParameterService {
    public ParameterServiceImpl(Node node) throws NoSuchFieldException, IllegalAccessException {
        throw Signature.only();
    }
}
