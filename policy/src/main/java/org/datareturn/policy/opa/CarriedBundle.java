package org.datareturn.policy.opa;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Reads the bundle a jar carries and holds it to the sources beside it. {@code SHA256SUMS} (the format of
 * {@code sha256sum}) names the bundle first, then each source; the bundle's revision must be the digest of the lines of
 * the sources. So neither a source nor the bundle can be changed alone without the server refusing to start.
 */
final class CarriedBundle {
    private static final String SUMS = "SHA256SUMS";
    private static final String BUNDLE = "bundle.tar.gz";
    private static final String SEPARATOR = "  ";

    /** Where the carried files lie. */
    interface Resources {
        /** The files of this jar, beside this class. */
        Resources OF_THIS_JAR = CarriedBundle::ofThisJar;

        /** One file's bytes. */
        byte[] read(String name) throws PolicyBundleException;
    }

    private CarriedBundle() {}

    /** The bundle, when everything fits. */
    static PolicyBundle read(Resources resources) throws PolicyBundleException {
        String sums = new String(resources.read(SUMS), StandardCharsets.UTF_8);
        List<String> lines = sums.lines().toList();
        if (lines.size() < 2 || !lines.getFirst().endsWith(SEPARATOR + BUNDLE)) {
            throw new PolicyBundleException("the policy's digests do not start with its bundle");
        }
        for (String line : lines) {
            int cut = line.indexOf(SEPARATOR);
            if (cut < 0) {
                throw new PolicyBundleException("a line of the policy's digests has no name");
            }
            String name = line.substring(cut + SEPARATOR.length());
            if (!line.substring(0, cut).equals(sha256(resources.read(name)))) {
                throw new PolicyBundleException("not what the policy's digests say: " + name
                        + "; run policy/build-bundle after changing a policy");
            }
        }
        PolicyBundle bundle = PolicyBundle.of(resources.read(BUNDLE));
        String sources = sums.substring(sums.indexOf('\n') + 1);
        String revision = "sha256:" + sha256(sources.getBytes(StandardCharsets.UTF_8));
        if (!revision.equals(bundle.revision())) {
            throw new PolicyBundleException("the bundle was compiled from other sources: it states " + bundle.revision()
                    + ", the sources are " + revision + "; run policy/build-bundle");
        }
        return bundle;
    }

    private static byte[] ofThisJar(String name) throws PolicyBundleException {
        try (InputStream in = CarriedBundle.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new PolicyBundleException("the policy lacks " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new PolicyBundleException("the policy's " + name + " cannot be read", e);
        }
    }

    /** The digest in hexadecimal, as {@code sha256sum} writes it. */
    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
