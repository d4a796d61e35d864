package org.ros2.rcljava.service;

public class RMWRequestId {}
