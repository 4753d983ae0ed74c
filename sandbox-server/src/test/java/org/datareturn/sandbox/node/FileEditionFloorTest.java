package org.datareturn.sandbox.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileEditionFloorTest {
    @TempDir
    private Path scratch;

    @Test
    void remembersTheHighestEditionOfEachZoneAcrossRestarts() throws IOException {
        FileEditionFloor floor = new FileEditionFloor(file());
        assertThat(floor.of("livelihood")).isZero();
        floor.raise("livelihood", 3);
        floor.raise("普查 census", Long.MAX_VALUE);
        floor.raise("livelihood", 2);
        floor.raise("livelihood", 3);
        assertThat(floor.of("livelihood")).isEqualTo(3);

        FileEditionFloor again = new FileEditionFloor(file());
        assertThat(again.of("livelihood")).isEqualTo(3);
        assertThat(again.of("普查 census")).isEqualTo(Long.MAX_VALUE);
        assertThat(again.of("other")).isZero();
    }

    @Test
    void throwsWhenWhatItWasToldCannotBeKept() throws IOException {
        FileEditionFloor floor =
                new FileEditionFloor(scratch.resolve("no-such-folder").resolve("floors"));
        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> floor.raise("livelihood", 1));
        Files.createDirectory(file());
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> new FileEditionFloor(file()));
    }

    private Path file() {
        return scratch.resolve("edition-floors.properties");
    }
}
