package org.datareturn.sandbox.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.prf.PrfSet;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyRingTest {
    private static final byte[] TEXT = "原始数据不出域".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path scratch;

    private KeyRing open() throws KeyRingException {
        return KeyRing.open(scratch.resolve("keys"), scratch.resolve("data"));
    }

    @Test
    void makesARingOnceAndLoadsTheSameAfterwards() throws Exception {
        KeyRing first = open();
        byte[] sealed = first.journal().encrypt(TEXT, new byte[0]);
        byte[] record = first.records().encrypt(TEXT, new byte[0]);
        ByteArrayOutputStream zone = new ByteArrayOutputStream();
        try (OutputStream out = first.zoneFiles().newEncryptingStream(zone, TEXT)) {
            out.write(TEXT);
        }
        KeyRing second = open();
        assertThat(second.journal().decrypt(sealed, new byte[0])).isEqualTo(TEXT);
        assertThat(second.records().decrypt(record, new byte[0])).isEqualTo(TEXT);
        assertThat(second.zoneFiles()
                        .newDecryptingStream(new ByteArrayInputStream(zone.toByteArray()), TEXT)
                        .readAllBytes())
                .isEqualTo(TEXT);
        assertThat(second.registryTokens().equalsKeyset(first.registryTokens())).isTrue();
        assertThat(second.ledgerSigningKey().publicKey())
                .isEqualTo(first.ledgerSigningKey().publicKey());
        assertThat(second.ledgerSigningKey().sign(TEXT))
                .isEqualTo(first.ledgerSigningKey().sign(TEXT));
        assertThat(derive(second, "guard", 32))
                .isEqualTo(derive(first, "guard", 32))
                .hasSize(32);
        assertThat(derive(second, "guard", 32)).isNotEqualTo(derive(first, "other", 32));
    }

    @Test
    void givesEveryUseItsOwnKey() throws Exception {
        KeyRing ring = open();
        assertThat(List.of(
                        new KeyedFunction(ring.registryTokens().getPrimitive(RegistryConfiguration.get(), PrfSet.class))
                                .hexOf("x"),
                        ring.watermark().hexOf("x"),
                        ring.requestDigests().hexOf("x")))
                .doesNotHaveDuplicates();
        byte[] sealed = ring.journal().encrypt(TEXT, new byte[0]);
        assertThatThrownBy(() -> ring.records().decrypt(sealed, new byte[0]))
                .isInstanceOf(java.security.GeneralSecurityException.class);
    }

    @Test
    void keepsPartsOfAnInputApart() throws Exception {
        KeyedFunction function = open().requestDigests();
        assertThat(function.hexOf("ab", "c")).isNotEqualTo(function.hexOf("a", "bc"));
        assertThat(function.hexOf("", "abc")).isNotEqualTo(function.hexOf("abc"));
        assertThat(function.of(TEXT)).hasSize(KeyedFunction.BYTES);
    }

    @Test
    void letsNobodyElseReadTheFolder() throws Exception {
        open();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(scratch.resolve("keys"))))
                .isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(scratch.resolve("keys"))) {
            for (Path file : files.toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as(file.toString())
                        .isEqualTo("rw-------");
            }
        }
        Path journal = scratch.resolve("keys/journal.json");
        Files.setPosixFilePermissions(journal, PosixFilePermissions.fromString("rw-r-----"));
        assertRefused(KeyReason.KEYS_READABLE_BY_OTHERS);
    }

    @Test
    void neverMakesNewKeysBesideExistingData() throws Exception {
        Files.createDirectories(scratch.resolve("data"));
        Files.writeString(scratch.resolve("data/zone"), "content");
        assertRefused(KeyReason.KEYS_MISSING);
        assertThat(scratch.resolve("keys")).doesNotExist();
        Files.createDirectory(scratch.resolve("keys"));
        assertRefused(KeyReason.KEYS_MISSING);
    }

    @Test
    void refusesARingWithAnyFileMissing() throws Exception {
        for (Path file : keyFiles()) {
            Path away = scratch.resolve("away");
            Files.move(file, away);
            assertRefused(KeyReason.KEYS_MISSING);
            assertThat(file).doesNotExist();
            Files.move(away, file);
        }
        open();
    }

    @Test
    void refusesARingWithAnyFileDamagedOrExchanged() throws Exception {
        for (Path file : keyFiles()) {
            byte[] good = Files.readAllBytes(file);
            byte[] bad = good.clone();
            int middle = file.toString().endsWith(".json") ? indexOfPayload(bad) : bad.length / 2;
            bad[middle] = (byte) (bad[middle] == 'A' ? 'B' : 'A');
            Files.write(file, bad);
            assertRefused(KeyReason.KEYS_DAMAGED);
            Files.write(file, new byte[0]);
            assertRefused(KeyReason.KEYS_DAMAGED);
            Files.write(file, good);
        }
        Files.copy(
                scratch.resolve("keys/records.json"),
                scratch.resolve("keys/journal.json"),
                StandardCopyOption.REPLACE_EXISTING);
        assertRefused(KeyReason.KEYS_DAMAGED);
    }

    @Test
    void keepsKeysAndDataApart() {
        for (String keys : List.of("data/keys", "data", ".")) {
            assertThatThrownBy(() -> KeyRing.open(scratch.resolve(keys), scratch.resolve("data")))
                    .isInstanceOfSatisfying(
                            KeyRingException.class,
                            e -> assertThat(e.refusal().reason()).isEqualTo(KeyReason.KEYS_NOT_APART));
        }
    }

    @Test
    void seesThroughALinkThatPutsTheKeysBesideTheData() throws Exception {
        Files.createDirectories(scratch.resolve("data/inner"));
        Files.createSymbolicLink(scratch.resolve("link"), scratch.resolve("data/inner"));
        assertThatThrownBy(() -> KeyRing.open(scratch.resolve("link/keys"), scratch.resolve("data")))
                .isInstanceOfSatisfying(
                        KeyRingException.class,
                        e -> assertThat(e.refusal().reason()).isEqualTo(KeyReason.KEYS_NOT_APART));
    }

    @Test
    void saysWhatToDoInBothLanguages() {
        assertThatThrownBy(() -> {
                    Files.createDirectories(scratch.resolve("data/x"));
                    open();
                })
                .isInstanceOfSatisfying(KeyRingException.class, e -> {
                    assertThat(e.refusal().messageZh()).contains("恢复密钥目录");
                    assertThat(e.refusal().messageEn()).contains("restore the keys folder");
                });
    }

    private List<Path> keyFiles() throws Exception {
        open();
        try (Stream<Path> files = Files.list(scratch.resolve("keys"))) {
            return files.toList();
        }
    }

    private static byte[] derive(KeyRing ring, String label, int length) {
        return ring.deriveSecret(KeyBytesAccess.iKnowKeyBytesLeaveTheRing(), label, length);
    }

    private static int indexOfPayload(byte[] json) {
        String text = new String(json, StandardCharsets.UTF_8);
        int key = Math.max(text.indexOf("\"encryptedKeyset\""), text.indexOf("\"value\""));
        return text.indexOf('"', text.indexOf(':', key)) + 20;
    }

    private void assertRefused(KeyReason reason) {
        assertThatThrownBy(this::open)
                .isInstanceOfSatisfying(
                        KeyRingException.class,
                        e -> assertThat(e.refusal().reason()).isEqualTo(reason));
    }
}
