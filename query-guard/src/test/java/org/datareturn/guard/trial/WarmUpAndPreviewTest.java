package org.datareturn.guard.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.datareturn.guard.declaration.DeclarationReader;
import org.datareturn.guard.declaration.ZoneDeclaration;
import org.junit.jupiter.api.Test;

class WarmUpAndPreviewTest {
    @Test
    void everyModeOfReleaseHasAnsweredBeforeTheFirstAnalystAsks() {
        WarmUp.Warmed warmed = WarmUp.start(Clock.systemUTC()).await(Duration.ofMinutes(2));
        assertThat(warmed.whole()).isTrue();
        assertThat(warmed.answered()).isGreaterThanOrEqualTo(15);
    }

    @Test
    void waitsNoLongerThanItIsTold() {
        assertThat(WarmUp.start(Clock.systemUTC()).await(Duration.ZERO).whole()).isFalse();
    }

    @Test
    void previewsADeclarationWithoutAnyDataAndWithoutHiddenColumns() throws Exception {
        ZoneDeclaration zone = DeclarationReader.read(Files.readString(Path.of("../docs/examples/income-census.yaml")));
        ZonePreview preview = ZonePreview.of(zone, 20, 7);
        ZonePreview.Table person = preview.tables().getFirst();
        assertThat(person.columns()).noneMatch(column -> column.hidden());
        assertThat(person.rows()).hasSize(20).allSatisfy(row -> {
            for (int i = 0; i < row.size(); i++) {
                var column = person.columns().get(i);
                Object value = column.type().read(row.get(i)).orElseThrow();
                assertThat(column.values().isEmpty() || column.values().contains(value))
                        .isTrue();
            }
        });
        assertThat(ZonePreview.of(zone, 20, 7)).isEqualTo(preview);
        assertThat(ZonePreview.of(zone, 20, 8)).isNotEqualTo(preview);
    }
}
