package org.ros2.rcljava.graph;

import java.util.Collection;

public class NameAndTypes {
    public String name;
    public Collection<String> types;

    public NameAndTypes(String name, Collection<String> types) {
        this.name = name;
        this.types = types;
    }
}
