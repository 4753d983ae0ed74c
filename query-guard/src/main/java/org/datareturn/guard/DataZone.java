package org.datareturn.guard;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.datareturn.guard.declaration.ColumnDeclaration;
import org.datareturn.guard.declaration.DeclarationException;
import org.datareturn.guard.declaration.TableDeclaration;
import org.datareturn.guard.declaration.ZoneDeclaration;
import org.datareturn.guard.engine.EngineException;
import org.datareturn.guard.engine.EngineStore;
import org.datareturn.guard.engine.NumberedTable;
import org.datareturn.guard.engine.RowIndex;
import org.datareturn.guard.engine.Scratch;
import org.datareturn.guard.engine.duckdb.DuckDbScratch;
import org.datareturn.guard.load.CsvSource;
import org.datareturn.guard.load.CsvTable;
import org.datareturn.guard.load.Edition;
import org.datareturn.guard.load.LoadException;
import org.datareturn.guard.load.LoadedTable;
import org.datareturn.guard.plan.VisibleZone;
import org.datareturn.guard.plan.ZoneFacts;
import org.datareturn.guard.template.Assessment;
import org.datareturn.guard.template.BoundQuery;
import org.datareturn.guard.template.QueryTemplate;
import org.datareturn.policy.AuthorisedCall;
import org.datareturn.policy.Refusal;

/**
 * An open data zone (数据专区): data that can be asked and not read. Thread-safe; queries run side by side, a refresh
 * waits for them.
 */
public final class DataZone implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(DataZone.class.getName());

    private static final Duration SCRATCH_TIMEOUT = Duration.ofSeconds(5);

    private final ZoneDeclaration declaration;
    private final AnswerMemory memory;
    private final Engines engines;
    private final Guard guard;
    private final Scratch scratch;
    private final NoisyRelease noisy;
    private final DisclosureControl control;
    private final AnswerGrid grid;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private State state;

    /** What changes with the edition. */
    private record State(Edition edition, EngineStore store, RowIndex index, Population population) {}

    private DataZone(
            ZoneDeclaration declaration,
            AnswerMemory memory,
            Engines engines,
            Scratch scratch,
            NoisyRelease noisy,
            State state) {
        this.declaration = declaration;
        this.memory = memory;
        this.engines = engines;
        this.guard = new Guard(declaration);
        this.scratch = scratch;
        this.noisy = noisy;
        this.control = new DisclosureControl(declaration.release(), memory, scratch, noisy);
        this.grid = new AnswerGrid(declaration.release().answerGrid());
        this.state = state;
    }

    /**
     * Opens a zone for as long as this process lives, with a secret of its own and the system's clock.
     *
     * @throws DeclarationException when this version cannot protect the zone as declared
     * @throws LoadException when the data do not fit the declaration
     */
    public static DataZone open(
            ZoneDeclaration declaration, Map<String, CsvSource> data, AnswerMemory memory, EngineLimits limits)
            throws DeclarationException, LoadException {
        return open(declaration, data, memory, limits, ZoneSecret.fresh(), Clock.systemUTC());
    }

    /**
     * Opens a zone in this process's own engine.
     *
     * @throws DeclarationException when this version cannot protect the zone as declared
     * @throws LoadException when the data do not fit the declaration
     */
    public static DataZone open(
            ZoneDeclaration declaration,
            Map<String, CsvSource> data,
            AnswerMemory memory,
            EngineLimits limits,
            ZoneSecret secret,
            Clock clock)
            throws DeclarationException, LoadException {
        return open(declaration, data, memory, Engines.embedded(limits), secret, clock);
    }

    /**
     * Opens a zone.
     *
     * @param declaration what it holds and how well it is protected
     * @param data the CSV text of every declared table, by table name
     * @param memory the memory of the zone's answers
     * @param engines where its data may lie
     * @param secret what its repeatable noise comes from: the same at every start that finds the same memory
     * @param clock tells when a privacy budget is full again
     * @throws DeclarationException when this version cannot protect the zone as declared
     * @throws LoadException when the data do not fit the declaration
     */
    public static DataZone open(
            ZoneDeclaration declaration,
            Map<String, CsvSource> data,
            AnswerMemory memory,
            Engines engines,
            ZoneSecret secret,
            Clock clock)
            throws DeclarationException, LoadException {
        requireAvailable(declaration, engines);
        Map<String, LoadedTable> tables = read(declaration, data);
        State state = load(declaration, memory, engines, tables, Edition.of(tables.values()));
        NoisyRelease noisy = new NoisyRelease(declaration.release(), memory, secret, clock);
        try {
            return new DataZone(declaration, memory, engines, DuckDbScratch.open(SCRATCH_TIMEOUT), noisy, state);
        } catch (EngineException failed) {
            state.store().close();
            throw new LoadException("the scratch engine could not be opened", "临时计算引擎无法启动");
        }
    }

    private static void requireAvailable(ZoneDeclaration declaration, Engines engines) throws DeclarationException {
        List<DeclarationException.Problem> problems = new ArrayList<>();
        if (!engines.available(declaration.engine())) {
            problems.add(new DeclarationException.Problem(
                    "engine",
                    0,
                    "no server of this engine is named, see docs/engines.md",
                    "未指明此类引擎的服务器，见 docs/engines.md"));
        }
        if (!problems.isEmpty()) {
            throw new DeclarationException(problems);
        }
    }

    private static Map<String, LoadedTable> read(ZoneDeclaration declaration, Map<String, CsvSource> data)
            throws LoadException {
        for (String name : data.keySet()) {
            if (declaration.tables().stream().noneMatch(t -> t.name().equals(name))) {
                throw new LoadException("table " + name + " is not declared", "表 " + name + " 未声明");
            }
        }
        Map<String, LoadedTable> tables = new LinkedHashMap<>();
        for (TableDeclaration table : declaration.tables()) {
            CsvSource source = data.get(table.name());
            if (source == null) {
                throw new LoadException("no data for table " + table.name(), "表 " + table.name() + " 没有数据");
            }
            tables.put(table.name(), CsvTable.read(table, source));
        }
        return tables;
    }

    private static State load(
            ZoneDeclaration declaration,
            AnswerMemory memory,
            Engines engines,
            Map<String, LoadedTable> tables,
            Edition edition)
            throws LoadException {
        try {
            List<NumberedTable> numbered = new ArrayList<>();
            for (LoadedTable table : tables.values()) {
                String name = table.table().name();
                memory.number(memory.rows().unknown(name, table.rowIdentities(), table.subjectHashes()));
                List<Integer> rows = memory.rows().numbers(name, table.rowIdentities());
                numbered.add(new NumberedTable(table, rows, memory.rows().subjectNumbers(name, rows)));
            }
            EngineStore store = engines.loader(declaration.engine()).load(declaration.zone(), numbered);
            Population population = new Population(declaration, tables, memory.rows());
            for (LoadedTable table : tables.values()) {
                for (ColumnDeclaration measure : population.measures(table.table())) {
                    memory.follow(population.changes(table, measure, memory));
                }
            }
            return new State(edition, store, new RowIndex(store), population);
        } catch (IOException notDurable) {
            throw new LoadException("the memory of answers cannot be written", "无法写入答复记录");
        } catch (EngineException failed) {
            // The message names a kind of failure, such as an SQL state, and quotes neither SQL nor data.
            throw new LoadException(
                    "the engine could not be loaded: " + failed.getMessage(), "引擎装载失败：" + failed.getMessage());
        }
    }

    /** Answers one query, or says why not. */
    public ZoneAnswer answer(AuthorisedCall call, String sql) {
        return answered(call, (facts, edition) -> guard.check(call, sql, facts, edition));
    }

    /**
     * Answers one binding of a template, or says why not. Guard, engine and disclosure control do not know the
     * difference; that people approved the template is for the caller to see to.
     */
    public ZoneAnswer answer(AuthorisedCall call, BoundQuery query) {
        return answered(call, (facts, edition) -> guard.check(call, query, facts, edition));
    }

    /** The guard's reading of a question. */
    @FunctionalInterface
    private interface Reading {
        GuardedQuestion under(ZoneFacts facts, String edition) throws QueryRefused;
    }

    private ZoneAnswer answered(AuthorisedCall call, Reading reading) {
        long came = grid.come();
        ZoneAnswer answer = found(call, reading);
        grid.leave(came);
        return answer;
    }

    private ZoneAnswer found(AuthorisedCall call, Reading reading) {
        lock.readLock().lock();
        try {
            String edition = state.edition().digest();
            GuardedQuestion question = reading.under(noisy.facts(state.population()), edition);
            Optional<Released> remembered = control.remembered(question, edition);
            if (remembered.isPresent()) {
                return remembered.get();
            }
            Optional<Released.Cost> cost = noisy.pay(call.input().caller());
            ZoneEngine engine = new ZoneEngine(state.index(), state.population());
            List<RawResult> raws = new ArrayList<>();
            for (GuardedQuery query : question.queries()) {
                raws.add(engine.run(query));
            }
            return control.release(question, raws, state.population(), edition, cost);
        } catch (QueryRefused refused) {
            return new Refused(refused.refusal());
        } catch (RuntimeException fault) {
            // The outermost boundary: a fault of ours must not become an answer, neither by its text nor by its kind.
            // The log gets the place, not the message, which might quote data.
            LOG.log(
                    System.Logger.Level.ERROR,
                    "the guard failed at {0}",
                    java.util.Arrays.stream(fault.getStackTrace()).findFirst());
            return new Refused(Refusal.of(GuardReason.GUARD_FAILED));
        } finally {
            lock.readLock().unlock();
        }
    }

    /**
     * What a question would cost its caller, without asking it: 0 when it was answered before.
     *
     * @return the cost and what is left of the budget now; empty where answers cost nothing
     * @throws QueryRefused when the question would be refused before any data are touched
     */
    public Optional<Released.Cost> preview(AuthorisedCall call, String sql) throws QueryRefused {
        lock.readLock().lock();
        try {
            String edition = state.edition().digest();
            GuardedQuestion question = guard.check(call, sql, noisy.facts(state.population()), edition);
            Optional<Released> remembered = control.remembered(question, edition);
            return remembered.isPresent()
                    ? remembered.get().cost()
                    : noisy.preview(call.input().caller());
        } finally {
            lock.readLock().unlock();
        }
    }

    /**
     * Says what can be said of a template before anybody uses it. Nothing is answered, remembered or paid.
     *
     * @throws QueryRefused when a binding breaks a rule whatever the data are
     */
    public Assessment assess(AuthorisedCall call, QueryTemplate template) throws QueryRefused {
        lock.readLock().lock();
        try {
            ZoneEngine engine = new ZoneEngine(state.index(), state.population());
            DisclosureControl trial = new DisclosureControl(declaration.release(), memory.blank(), scratch, noisy);
            return new Rehearsal(
                            guard,
                            declaration.release(),
                            engine,
                            trial,
                            state.population(),
                            noisy.facts(state.population()),
                            state.edition().digest())
                    .of(call, template);
        } finally {
            lock.readLock().unlock();
        }
    }

    /** What a new question costs this caller and what is left of the budget; empty where answers cost nothing. */
    public Optional<Released.Cost> budget(AuthorisedCall call) {
        return noisy.preview(call.input().caller());
    }

    /** The tables and columns this caller may use; nothing else exists for them. */
    public List<VisibleTable> visibleSchema(AuthorisedCall call) {
        VisibleZone visible = guard.visible(call);
        return visible.tables().stream()
                .map(table -> new VisibleTable(
                        table.name(),
                        table.columns().stream().map(DataZone::visible).toList()))
                .toList();
    }

    private static VisibleTable.VisibleColumn visible(ColumnDeclaration column) {
        return new VisibleTable.VisibleColumn(
                column.name(),
                column.type().sqlName(),
                Set.copyOf(column.uses()),
                column.bins().stream().map(java.math.BigDecimal::toPlainString).toList());
    }

    /**
     * Offers a new edition of all tables.
     *
     * @throws LoadException when the data do not fit the declaration; the old edition stays
     */
    public Refresh refresh(Map<String, CsvSource> data) throws LoadException {
        Map<String, LoadedTable> tables = read(declaration, data);
        Edition offered = Edition.of(tables.values());
        lock.writeLock().lock();
        try {
            Edition current = state.edition();
            int changed = offered.changedSubjects(current);
            if (changed > 0 && changed < declaration.release().minGroupSize()) {
                return new Refresh.HeldBack(current.digest());
            }
            if (!offered.digest().equals(current.digest())) {
                EngineStore old = state.store();
                state = load(declaration, memory, engines, tables, offered);
                old.close();
            }
            return new Refresh.Refreshed(offered.digest());
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** The declaration it was opened with. */
    public ZoneDeclaration declaration() {
        return declaration;
    }

    /** The digest of the edition it answers from. */
    public String edition() {
        lock.readLock().lock();
        try {
            return state.edition().digest();
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            state.store().close();
            scratch.close();
        } finally {
            lock.writeLock().unlock();
        }
    }
}
