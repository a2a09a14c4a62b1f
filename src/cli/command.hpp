#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include <boost/program_options.hpp>

#include "cli/interrupts.hpp"
#include "liantu/base/files/atomic_file.hpp"
#include "liantu/base/files/sheet.hpp"
#include "liantu/base/text/problem.hpp"
#include "liantu/base/text/text.hpp"
#include "liantu/chain/gaps/gap_diff.hpp"
#include "liantu/chain/gaps/gap_selection.hpp"
#include "liantu/chain/gaps/gaps.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/ingest/ingest.hpp"
#include "liantu/prospects/prospects.hpp"
#include "liantu/report/formats/output_format.hpp"
#include "liantu/report/formats/sheets_json.hpp"
#include "liantu/report/formats/table_text.hpp"
#include "liantu/report/gaps/gap_changes.hpp"
#include "liantu/version.hpp"

namespace liantu::cli {

namespace po = boost::program_options;

/// What the program ends with.
enum class Exit : int {
  Done = 0,
  Negative = 1,   ///< done, and the answer is negative
  Usage = 2,      ///< the command line is wrong
  Input = 3,      ///< input not acceptable
  Io = 4,         ///< cannot read or write
  Limit = 5,      ///< a limit was reached
  Internal = 70,  ///< a fault of the program
  Interrupted = 130,
};

/// A share as it was typed: `0.5` or `50%`; share() reads it.
struct ShareWords {
  std::string text;
};
/// Takes any words: what is wrong with them share() says better.
void validate(boost::any& value, const std::vector<std::string>& words, ShareWords* /*type*/,
              int /*unused*/);

/// The small files that a run reads, each once: a pipe has no second reading, and the digest
/// printed is that of what was read.
class InputFiles {
 public:
  struct File {
    std::string bytes;
    std::string digest;
  };
  /// @throws Error as read_file().
  const File& read(const std::filesystem::path& path, std::uint64_t max_bytes,
                   const std::stop_token& stop, std::string_view limit);

 private:
  std::map<std::filesystem::path, File> files_;
};

/// What a verb is given.
struct Call {
  po::variables_map options;
  Language language = Language::En;
  std::stop_token stop;
  Interrupts* interrupts = nullptr;
  std::shared_ptr<InputFiles> files = std::make_shared<InputFiles>();

  /// To be held while a file is written or another program runs, see Interrupts::hold().
  [[nodiscard]] std::unique_lock<std::mutex> hold() const {
    return interrupts == nullptr ? std::unique_lock<std::mutex>() : interrupts->hold();
  }

  [[nodiscard]] bool has(const char* name) const { return options.count(name) > 0; }
  /// Whether it was given, and does not stand there by default.
  [[nodiscard]] bool given(const char* name) const {
    return has(name) && !options[name].defaulted();
  }
  template <typename T>
  [[nodiscard]] T get(const char* name) const {
    return options[name].as<T>();
  }
  /// One of two sentences.
  [[nodiscard]] std::string_view say(std::string_view en, std::string_view zh) const {
    return language == Language::Zh ? zh : en;
  }
};

/// A verb of the program. Parser and help come from this table.
struct Verb {
  std::string_view name;
  Text arguments;  ///< what stands behind the verb, e.g. "GRAPH"
  Text summary;
  std::string_view example;
  void (*declare)(po::options_description& options, Language language);
  Exit (*run)(const Call& call);
  /// Whether a call is to run in a process of its own, see OwnProcess; null: none is.
  bool (*apart)(const Call& call) = nullptr;
};

/// All verbs in the order of the help page, which is that of src/cli/CMakeLists.txt. The file of a
/// verb, cli/verbs/show.cpp, defines `const Verb& show_verb()`.
[[nodiscard]] const std::vector<Verb>& verbs();

// ---- options that several verbs share ----

/// @param contents  What the verb makes: says what --format takes.
void declare_output(po::options_description& options, Language language,
                    const std::vector<Content>& contents = {Content::Sheet});
void declare_snapshot(po::options_description& options, Language language);
void declare_district(po::options_description& options, Language language);
void declare_tables(po::options_description& options, Language language);
/// `--save-mapping FILE`, of verbs that read tables.
void declare_saved_mapping(po::options_description& options, Language language);
void declare_rules(po::options_description& options, Language language);
void declare_policy(po::options_description& options, Language language);
/// `--kind`, `--segment`, `--chain` and `--from-region`: which gaps, and filled by whom.
void declare_choice(po::options_description& options, Language language);
void declare_model(po::options_description& options, Language language);

/// A sentence in one language, for option descriptions.
[[nodiscard]] std::string pick(Language language, std::string_view en, std::string_view zh);

/// Positional arguments; an error of usage when there are fewer or more than asked for.
[[nodiscard]] std::vector<std::filesystem::path> inputs(const Call& call, std::size_t least,
                                                        std::size_t most);
[[nodiscard]] Overwrite overwrite(const Call& call);
/// Name of the output's format: `--format`, else `--json`, else the output file's extension, else
/// `fallback`. An error of usage when it carries none of the contents, or would send bytes to a
/// terminal, and whatever refuse_existing() refuses.
[[nodiscard]] std::string output_format(const Call& call, std::string_view fallback = "table",
                                        const std::vector<Content>& contents = {Content::Sheet});
/// A count of zero or more.
[[nodiscard]] std::size_t count(const Call& call, const char* name);
/// A share in [0, 1], `0.5` or `50%`.
[[nodiscard]] double share(const Call& call, const char* name);
/// Region that an option names by code or by name; unknown when the option is not given.
[[nodiscard]] RegionCode region(const Call& call, const char* name);
/// Region by code or by name, for an option whose name is given without dashes.
[[nodiscard]] RegionCode region_named(const char* name, const std::string& text);
/// An error of usage when a file's name ends in none of the extensions.
void check_extension(const std::filesystem::path& path,
                     const std::vector<std::string_view>& allowed);
/// An error when a file that would be written is a folder, is one of the inputs, is named by
/// another option to write to, too, or exists and may not be replaced, before long work is done for
/// it.
void refuse_existing(const Call& call, const std::filesystem::path& output);
/// The snapshot to write; an error of usage when none is named, and whatever refuse_existing()
/// refuses.
[[nodiscard]] std::filesystem::path snapshot_output(const Call& call);
/// Says how many characters of an output stand for others that cannot be written, if any.
void tell_replaced(const Call& call, std::string_view content);
/// Writes to the output file, or to standard output when none or `-` is named.
void emit(const Call& call, std::string_view content);
/// How tables are printed to the terminal behind standard output.
[[nodiscard]] TableStyle table_style(const Call& call);
/// How the format asked for holds sheets.
[[nodiscard]] SheetForm sheet_form(std::string_view format);
/// A sheet in the format asked for.
[[nodiscard]] std::string render(const Call& call, Sheet sheet, std::string_view format);
/// Several sheets one below another, or as the sheets of a workbook.
[[nodiscard]] std::string render(const Call& call, std::vector<Sheet> sheets,
                                 std::string_view format);

/// A list in the format asked for: brief in a table, whole in CSV; a workbook holds it brief, for
/// those who read it, and whole, for those who reckon with it.
/// @param make  Makes the sheet, without the sentence on the run.
[[nodiscard]] std::string render_list(const Call& call,
                                      const std::function<Sheet(const SheetOptions&)>& make,
                                      SheetOptions options, const RunInfo& run,
                                      std::string_view format);

/// How changes are listed: those that stayed the same too with `--all`.
[[nodiscard]] SheetOptions change_options(const Call& call, const std::string& format);
[[nodiscard]] ChangedOnly changed_only(const Call& call);
/// Prints what became of gaps.
/// @param more  Sheets that JSON holds, too.
void emit_changes(const Call& call, Sheet sheet, const GapDiff& diff,
                  std::vector<std::pair<std::string, Sheet>> more, const RunInfo& run,
                  const std::string& format);

/// What the options say of the district; anchors are looked up by anchors_in() once there is a
/// graph.
[[nodiscard]] GapOptions gap_options(const Call& call);
/// Makes of every anchor given the name or code that the graph has for it.
void anchors_in(const EnterpriseGraph& graph, GapOptions& options);
/// Whether no firm is in the district, which it then says.
/// @throws Error as complete_district() does.
[[nodiscard]] bool nobody_in(const EnterpriseGraph& graph, const Call& call,
                             const GapOptions& options);
/// Reads the factors that outputs are estimated with, if a file of them is named.
void factors_in(const Call& call, const EnterpriseGraph& graph, GapOptions& options);
/// The firm that an option names by code, by name, or by a part of a name that fits one firm only.
[[nodiscard]] FirmId firm_named(const EnterpriseGraph& graph, const char* option,
                                const std::string& words);
/// The segment that an option names, likewise.
[[nodiscard]] SegmentId segment_named(const EnterpriseGraph& graph, const char* option,
                                      const std::string& words);
/// Which gaps the options of declare_choice() ask for.
[[nodiscard]] GapQuery chosen_gaps(const Call& call, const EnterpriseGraph& graph);
/// The report with the gaps asked for alone.
[[nodiscard]] GapReport only_chosen(const Call& call, const EnterpriseGraph& graph,
                                    GapReport report);
/// The scorecard, with the rules that `--rules` adds.
[[nodiscard]] Policy policy(const Call& call);
/// The model that `--model` names; none when it is not given.
[[nodiscard]] LearnedRanker learned_ranker(const Call& call);
/// Fills in who calls the firms of a list.
void introduce_rows(const Call& call, const EnterpriseGraph& graph, const GapOptions& options,
                    ProspectList& list);
/// Says when a model was not used.
void tell_learned(const Call& call, const ProspectList& list);
[[nodiscard]] IngestOptions ingest_options(const Call& call);
/// How an output was made, from a snapshot or from tables, whose names stand with their digests.
[[nodiscard]] RunInfo run_info(const Call& call, const EnterpriseGraph& graph,
                               const std::filesystem::path& snapshot);
[[nodiscard]] RunInfo run_info(const Call& call, const EnterpriseGraph& graph,
                               std::vector<std::pair<std::string, std::string>> inputs);
/// A snapshot and, where one was named, the model, with their digests.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> files_behind(
    const Call& call, const EnterpriseGraph& graph, const std::filesystem::path& snapshot);
/// The map's DOT, behind a comment that says how it was made.
[[nodiscard]] std::string with_run(std::string_view dot, const RunInfo& run);
/// The map drawn by Graphviz; it says how it was made.
[[nodiscard]] std::string draw(const Call& call, std::string_view dot, const RunInfo& run);
/// Whether a format is made of an SVG drawing: svg, pdf or png.
[[nodiscard]] bool is_drawn(std::string_view format);
/// Writes a drawing in one of the formats that are made of it; says which characters no font has.
void emit_drawing(const Call& call, std::string_view svg, std::string_view format);
/// Width of the terminal behind standard output or standard error, 0 when it is none.
[[nodiscard]] std::size_t terminal_width(int descriptor);
/// Whether escape sequences may be sent to a terminal: neither NO_COLOR nor TERM=dumb says no.
[[nodiscard]] bool may_escape();
/// Says something on standard error, in a line of its own.
void tell(std::string_view words);
/// An error when the file of `--save-mapping` may not be written, see refuse_existing().
void refuse_saved_mapping(const Call& call);
/// Writes how tables were understood to the file of `--save-mapping`, if one is named.
void save_mapping(const Call& call, const IngestResult& result);
/// What was read of each table: file, meaning, rows, used, left out.
[[nodiscard]] Sheet table_sheet(const std::vector<TableSummary>& tables, Language language);
/// Prints what was read: a table of files and counts, and how many problems of each kind.
void tell_ingest(const Call& call, const IngestResult& result);
/// Number of problems at least as severe as `severity`.
[[nodiscard]] std::size_t count_problems(const std::vector<Problem>& problems, Severity severity);

/// An error of usage.
[[noreturn]] void usage_error(std::string en, std::string zh);

}  // namespace liantu::cli
