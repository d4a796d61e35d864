package io.vyra.modulemanager.container.image;

/**
 * What a delta archive says of the image it builds on ({@code base_info.json}).
 *
 * @param image      name of the base image, with or without a tag
 * @param version    version of it that the delta was made from
 * @param layerCount how many of the module image's layers are the base's, from the lowest
 */
public record BaseInfo(String image, String version, int layerCount) {

    /** Under which name an engine has it: the version is the tag, unless the name has one. */
    public String reference() {
        return hasTag() || version.isEmpty() ? image : image + ":" + version;
    }

    /** A colon behind the last slash begins a tag; one before it, a port. */
    boolean hasTag() {
        return image.indexOf(':', image.lastIndexOf('/') + 1) > 0;
    }

    String tag() {
        return hasTag() ? image.substring(image.lastIndexOf(':') + 1) : version;
    }
}
