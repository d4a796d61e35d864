package io.vyra.modulemanager.store;

/**
 * What an unpacking wrote.
 *
 * @param entries files, folders and links
 * @param bytes   content of the files
 */
public record Unpacked(int entries, long bytes) {}
