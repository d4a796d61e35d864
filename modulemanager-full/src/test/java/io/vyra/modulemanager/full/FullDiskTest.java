package io.vyra.modulemanager.full;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds on a disk that is full, which say what to do and leave what was there before. */
class FullDiskTest {
    @TempDir
    private Path folder;

    private CheckoutCopy checkout;

    @BeforeEach
    void copy() throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"), "only root can mount a small disk");
        checkout = CheckoutCopy.make(folder);
    }

    /** Not even what Maven says of it can be kept then. */
    @Test
    void shouldSayThatTheDiskOfTheCheckoutIsFull() throws Exception {
        checkout.program("mvn", """
                #!/bin/sh
                if [ "$1" = -v ]; then echo 'Apache Maven 3.9.16'; exit; fi
                cat /dev/zero >fill
                exit 1
                """);

        Command build = checkout.onSmallDisk("8m", """
                cp -a $(ls -A | grep -vx disk) disk
                cd disk
                TMPDIR=$PWD ./mm build
                """);

        assertThat(build.output()).contains("The disk is full (no space left on device", "Free some and try again");
        assertThat(build.code()).isEqualTo(1);
    }

    @Test
    void shouldKeepTheBaseImageOfBefore() throws Exception {
        checkout.program("mmdebstrap", """
                #!/bin/sh
                for system; do case $system in */system) break ;; esac; done
                mkdir -p "$system"/bin "$system"/etc/ssl "$system"/usr/bin "$system"/usr/sbin "$system"/usr/share/doc
                mkdir -p "$system"/usr/share/ca-certificates/mozilla
                touch "$system"/usr/share/ca-certificates/mozilla/one.crt
                printf '#!/bin/sh\\necho sh\\n' >"$system"/bin/busybox
                chmod +x "$system"/bin/busybox
                """);

        Command base = checkout.onSmallDisk("8m", """
                echo of before >disk/base-runtime.tar
                docker/base/build.sh runtime "$PWD/disk" || code=$?
                ls -A disk
                cat disk/base-runtime.tar
                exit $code
                """);

        assertThat(base.output())
                .contains("Java runtime", "The disk is full (no space left on device", "about 1 GB in")
                .endsWith("base-runtime.tar\nof before\n");
        assertThat(base.code()).isEqualTo(1);
    }

    @Test
    void shouldKeepTheDebianPackageOfBefore() throws Exception {
        // What is packed was built before.
        checkout.set("MM_BUILD", "skip");
        for (String product : new String[] {
            "modulemanager-slim/target/quarkus-app/quarkus-run.jar",
            "frontend/dist/index.html",
            "target/sbom/slim.cdx.json",
            "target/stage/slim/fingerprint",
            "target/base/java/release"
        }) {
            checkout.file(product, "");
        }
        checkout.file("target/stage/slim/10-libraries/opt/vyra/lib/large.jar", "large".repeat(2_000_000));
        checkout.file("launcher/stage.sh", "#!/bin/sh\n");
        checkout.file("docker/base/build.sh", "#!/bin/sh\n");

        Command deb = checkout.onSmallDisk("8m", """
                echo of before >disk/old.deb
                ./mm deb --slim --no-aot --out disk || code=$?
                ls -A disk
                cat disk/old.deb
                exit $code
                """);

        assertThat(deb.output())
                .contains("No space left on device", "The disk is full", "The package could not be written to")
                .endsWith("old.deb\nof before\n");
        assertThat(deb.code()).isEqualTo(1);
    }
}
