package io.vyra.modulemanager.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Deletes a tree and nothing outside of it.
 *
 * <p>Walks by open folders (openat, unlinkat), so that even a process that swaps a folder for a link meanwhile leads nowhere. What is
 * already gone is fine.
 */
final class TreeDeletion {
    private TreeDeletion() {}

    static void delete(Path tree) throws IOException {
        Path name = tree.getFileName();
        try (DirectoryStream<Path> parent = Files.newDirectoryStream(tree.getParent())) {
            if (!(parent instanceof SecureDirectoryStream<Path> secure)) {
                throw new IOException("the file system of " + tree + " has no way to delete a tree safely");
            }
            delete(secure, name);
        } catch (NoSuchFileException e) {
            // Gone is what was wanted.
        }
    }

    private static void delete(SecureDirectoryStream<Path> parent, Path name) throws IOException {
        try {
            boolean isFolder = parent.getFileAttributeView(
                            name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .readAttributes()
                    .isDirectory();
            if (isFolder) {
                deleteFolder(parent, name);
            } else {
                parent.deleteFile(name);
            }
        } catch (NoSuchFileException e) {
            // Someone else was faster.
        }
    }

    private static void deleteFolder(SecureDirectoryStream<Path> parent, Path name) throws IOException {
        // A module may have made folders that not even their owner may list.
        PosixFileAttributeView view =
                parent.getFileAttributeView(name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (!view.readAttributes().permissions().containsAll(PosixFilePermissions.fromString("rwx------"))) {
            parent.getFileAttributeView(name, PosixFileAttributeView.class)
                    .setPermissions(PosixFilePermissions.fromString("rwx------"));
        }
        try (SecureDirectoryStream<Path> folder = parent.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
            for (Path child : folder) {
                delete(folder, child.getFileName());
            }
        } catch (NotDirectoryException e) {
            parent.deleteFile(name);
            return;
        }
        parent.deleteDirectory(name);
    }
}
