package org.datareturn.policy.opa;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Bundles of other policies than ours, compiled by the real {@code opa}. */
final class TestBundles {
    /** The revision of {@link #misbehaving}. */
    static final String REVISION = "sha256:of-a-test";

    private TestBundles() {}

    /** Writes the misbehaving policy and its data under a folder that either engine can take. */
    static Path misbehaving(Path folder) {
        try (InputStream in = TestBundles.class.getResourceAsStream("misbehaving.rego")) {
            if (in == null) {
                throw new AssertionError("misbehaving.rego is missing");
            }
            return policy(folder, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a policy and its data under a folder. */
    static Path policy(Path folder, String rego) {
        try {
            Path policy = Files.createDirectories(folder.resolve("policy"));
            Path data = Files.createDirectories(policy.resolve("datareturn/build"));
            Files.writeString(policy.resolve("policy.rego"), rego);
            Files.writeString(data.resolve("data.json"), "{\"revision\": \"" + REVISION + "\"}");
            return policy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Compiles the policy under a folder as {@code policy/build-bundle} does, but with all that opa can do. */
    static Path compile(Path folder, String revision) {
        Path bundle = folder.resolve("bundle.tar.gz");
        OpaBinary.Ran ran = OpaBinary.run(
                folder,
                List.of(
                        OpaBinary.find().toString(),
                        "build",
                        "-t",
                        "wasm",
                        "--revision",
                        revision,
                        "-b",
                        "policy",
                        "-o",
                        bundle.toString()));
        if (ran.exit() != 0) {
            throw new AssertionError(ran.err());
        }
        return bundle;
    }
}
