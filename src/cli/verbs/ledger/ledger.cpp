#include "cli/verbs/ledger/ledger.hpp"

#include <array>
#include <cstdlib>
#include <ctime>
#include <pwd.h>
#include <set>
#include <system_error>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

#include "base/text/excerpt.hpp"
#include "cli/limits.hpp"
#include "liantu/base/files/atomic_file.hpp"
#include "liantu/base/files/digest.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/base/text/path_text.hpp"
#include "liantu/base/text/utf8.hpp"
#include "liantu/projects/evidence.hpp"
#include "liantu/projects/ledger_check.hpp"
#include "liantu/report/projects/ledger_calendar.hpp"
#include "liantu/report/projects/ledger_sheet.hpp"

namespace liantu::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 6> kActions = {"init",   "add",   "import",
                                                      "export", "check", "show"};

void declare(po::options_description& options, Language language) {
  const auto words = [&](const char* en, const char* zh) { return pick(language, en, zh); };
  const auto text = [](const char* name) { return po::value<std::string>()->value_name(name); };
  const auto list = [](const char* name) {
    return po::value<std::vector<std::string>>()->value_name(name);
  };
  options.add_options()(
      "region,r", text("CODE"),
      words("init: the district, GB/T 2260 code or name", "init：地区代码或名称").c_str())(
      "project", text("CODE"), words("add: the project's code", "add：项目编号").c_str())(
      "contact", text("NAME"),
      words("add: the firm that is called on", "add：联系对象（企业名称）").c_str())(
      "team", text("NAME"),
      words("add: the team itself, for its ratings and events",
            "add：招商单位本身（登记评价、活动）")
          .c_str())("name", text("NAME"),
                    words("add: name of a new project", "add：新项目的名称").c_str())(
      "firm", text("NAME"), words("add: firm of a new project", "add：新项目的企业").c_str())(
      "code", text("CODE"),
      words("add: unified social credit code of the firm", "add：企业统一社会信用代码").c_str())(
      "stage", text("STAGE"),
      words("add: reached by a contact: to_contact contacted visited came_to_see negotiating "
            "about_to_sign contact_signed lost; by a project: signed started built producing "
            "effective "
            "ended",
            "add：到达的阶段。联系对象：待接触 已联系 已拜访 已考察 洽谈中 拟签约 已签约 "
            "已流失；项目："
            "签约 开工 建成 投产 见效 终止")
          .c_str())("date", text("DAY"),
                    words("add, import: the day on which it happened (today)",
                          "add、import：发生日期（默认当天）")
                        .c_str())("person", text("NAME"),
                                  words("add: who did it", "add：经办人").c_str())(
      "reason", text("WORDS"),
      words("add: why it was lost, terminated or withdrawn", "add：流失、终止或撤销的原因")
          .c_str())(
      "evidence", text("FILE"),
      words("add: the document that proves it; its name and SHA-256 are kept. check: folder of the "
            "documents, which are compared",
            "add：佐证材料文件，记其名称和 SHA-256；check：佐证材料所在文件夹，逐一核对")
          .c_str())("remark", text("WORDS"),
                    words("add: said beside the stage", "add：阶段备注").c_str())(
      "set", list("FACT=VALUE"),
      words("add: what else is known, such as investment=250000000 or planned_started=2025-06-30; "
            "may be "
            "repeated",
            "add：其他事项，如 总投资=2.5亿、计划开工=2025-06-30；可重复")
          .c_str())("withdraw", po::value<std::int64_t>()->value_name("ROW"),
                    words("add: withdraws a row, with --reason; it stays in the file",
                          "add：撤销某行（须写 --reason），原行仍留存")
                        .c_str())(
      "by", text("NAME"),
      words("who records it (your user name)", "登记人（默认当前用户）").c_str())(
      "as-of", text("DAY"),
      words("look at the ledger as of that day (today)", "查看截至该日的台账（默认当天）").c_str())(
      "known-on", text("DAY"),
      words("leave out what was recorded after that day", "不计该日之后登记的内容").c_str())(
      "days", po::value<std::int64_t>()->default_value(7)->value_name("N"),
      words("show: what is due within so many days", "show：列出多少天内到期的事项").c_str())(
      "history", po::value<std::string>()->implicit_value("")->value_name("CODE"),
      words("show: all rows, of one subject when named", "show：列出全部记录，可只列某一编号或名称")
          .c_str())(
      "with-contacts",
      words("names and telephones of people at firms, too, which are left out otherwise",
            "连同企业联系人姓名、电话一起列出，否则不列")
          .c_str());
  declare_output(options, language, {Content::Sheet, Content::Calendar});
}

// An error of usage when options are given that another action takes.
void refuse_other_options(const Call& call, std::string_view action) {
  const std::pair<const char*, std::set<std::string_view>> kUses[] = {
      {"region", {"init"}},
      {"project", {"add"}},
      {"contact", {"add"}},
      {"team", {"add"}},
      {"name", {"add"}},
      {"firm", {"add"}},
      {"code", {"add"}},
      {"stage", {"add"}},
      {"person", {"add"}},
      {"reason", {"add"}},
      {"remark", {"add"}},
      {"set", {"add"}},
      {"withdraw", {"add"}},
      {"evidence", {"add", "check"}},
      {"date", {"add", "import"}},
      {"by", {"init", "add", "import"}},
      {"as-of", {"export", "check", "show"}},
      {"known-on", {"export", "check", "show"}},
      {"days", {"show"}},
      {"history", {"show"}},
      {"with-contacts", {"export", "show"}}};
  for (const auto& [option, actions] : kUses) {
    if (!call.given(option) || actions.contains(action)) continue;
    usage_error(fmt::format("--{} does not go with {}; see --help", option, action),
                fmt::format("--{} 不用于 {}；见 --help", option, action));
  }
}

WithContacts with_contacts(const Call& call) {
  return call.has("with-contacts") ? WithContacts::Yes : WithContacts::No;
}

std::string in_format(const Call& call, const std::vector<std::pair<std::string, Sheet>>& named,
                      const RunInfo& run, const std::string& format) {
  if (format == "json") return sheets_json("liantu.ledger/1", named, run);
  std::vector<Sheet> sheets;
  for (const auto& [name, sheet] : named) sheets.push_back(sheet);
  if (sheet_form(format) == SheetForm::Rows && sheets.size() > 1) sheets.resize(1);
  sheets.back().notes.push_back(run_text(run));
  return render(call, sheets, format);
}

Exit show(const Call& call, const fs::path& path) {
  const std::string format = output_format(call, "table", {Content::Sheet, Content::Calendar});
  const Ledger ledger = open_ledger(call, path, LedgerAccess::Read);
  const LedgerBook book = ledger.read(ledger_moment(call));
  const RunInfo run = ledger_run(call, path, book);
  SheetOptions how;
  how.language = call.language;
  const std::vector<DueItem> due = due_items(book, ledger_today(call));
  if (format == "ics") {
    emit(call, ledger_calendar(book, due, call.language));
    return Exit::Done;
  }
  std::vector<std::pair<std::string, Sheet>> sheets;
  if (call.has("history")) {
    const auto only = call.get<std::string>("history");
    sheets.emplace_back("stages", stage_history_sheet(book, only, how));
    sheets.emplace_back("facts", fact_history_sheet(book, only, with_contacts(call), how));
  } else {
    sheets.emplace_back("board", stage_board_sheet(book, how));
    sheets.emplace_back("due",
                        due_sheet(book, due, static_cast<std::int64_t>(count(call, "days")), how));
  }
  emit(call, in_format(call, sheets, run, format));
  return Exit::Done;
}

Exit export_ledger(const Call& call, const fs::path& path) {
  const std::string format = output_format(call, "xlsx", {Content::Sheet, Content::Calendar});
  const Ledger ledger = open_ledger(call, path, LedgerAccess::Read);
  const LedgerBook book = ledger.read(ledger_moment(call));
  SheetOptions how;
  how.language = call.language;
  if (format == "ics") {
    emit(call, ledger_calendar(book, due_items(book, ledger_today(call)), call.language));
    return Exit::Done;
  }
  std::vector<Sheet> sheets = ledger_workbook(book, with_contacts(call), how);
  constexpr std::array<const char*, 5> kNames = {"projects", "contacts", "teams", "stages",
                                                 "facts"};
  std::vector<std::pair<std::string, Sheet>> named;
  for (std::size_t i = 0; i < sheets.size(); ++i)
    named.emplace_back(kNames[i], std::move(sheets[i]));
  emit(call, in_format(call, named, ledger_run(call, path, book), format));
  return Exit::Done;
}

// The documents of a folder that the ledger names.
std::vector<FoundEvidence> documents_in(const Call& call, const LedgerBook& book,
                                        const fs::path& folder) {
  if (!fs::is_directory(folder)) {
    throw Error(ErrorCode::Io,
                {fmt::format("{} is not a folder; name the one that holds the documents",
                             path_text(folder)),
                 fmt::format("{} 不是文件夹；请给出佐证材料所在文件夹", path_text(folder))});
  }
  std::set<std::string> names;
  for (const Subject& subject : book.subjects) {
    for (const StageChange& one : subject.stages) {
      if (!one.evidence.name.empty() && !one.evidence.sha256.empty())
        names.insert(one.evidence.name);
    }
  }
  std::vector<FoundEvidence> found;
  for (const std::string& name : names) {
    const fs::path file = folder / fs::path(name).filename();
    std::error_code ignored;
    std::string digest;
    if (fs::is_regular_file(file, ignored)) {
      digest = sha256(read_file(file, limits(call).tables.file_bytes, call.stop, "file_bytes"));
    }
    found.push_back({name, digest});
  }
  return found;
}

Exit check(const Call& call, const fs::path& path) {
  const std::string format = output_format(call);
  const Ledger ledger = open_ledger(call, path, LedgerAccess::Read);
  const LedgerBook book = ledger.read(ledger_moment(call));
  CheckOptions options;
  options.today = ledger_today(call);
  if (call.has("evidence"))
    options.evidence = documents_in(call, book, call.get<std::string>("evidence"));
  const std::vector<LedgerFinding> found = check_ledger(book, options);
  SheetOptions how;
  how.language = call.language;
  emit(call, in_format(call, {{"findings", finding_sheet(book, found, how)}},
                       ledger_run(call, path, book), format));
  const bool doubt = std::ranges::any_of(
      found, [](const LedgerFinding& one) { return one.severity != Severity::Note; });
  return doubt ? Exit::Negative : Exit::Done;
}

Exit run(const Call& call) {
  const std::vector<fs::path> given = inputs(call, 0, SIZE_MAX);
  const std::string action = given.empty() ? std::string() : given[0].string();
  if (std::ranges::find(kActions, action) == kActions.end()) {
    usage_error(
        fmt::format(
            "write what to do with the ledger: {}, such as liantu ledger show FILE; see --help",
            fmt::join(kActions, ", ")),
        fmt::format("请写明要做什么：{}，如 liantu ledger show 文件；见 --help",
                    fmt::join(kActions, "、")));
  }
  if (given.size() < 2) {
    usage_error(fmt::format("{}: no ledger is named; write its file: liantu ledger {} FILE", action,
                            action),
                fmt::format("缺少台账文件：liantu ledger {} 文件", action));
  }
  if (given.size() > 2 && action != "import") {
    usage_error(fmt::format("{} is one argument too many; see --help", path_text(given[2])),
                fmt::format("多余的参数 {}；见 --help", path_text(given[2])));
  }
  refuse_other_options(call, action);
  const fs::path& path = given[1];
  if (action == "init") return init_ledger(call, path);
  if (action == "add") return add_to_ledger(call, path);
  if (action == "import") return import_into_ledger(call, path, {given.begin() + 2, given.end()});
  if (action == "export") return export_ledger(call, path);
  if (action == "check") return check(call, path);
  return show(call, path);
}

}  // namespace

Date ledger_day(const Call& call, const char* option) {
  if (!call.has(option)) return {};
  const auto text = call.get<std::string>(option);
  if (const auto date = parse_date(text); date && is_day(*date)) return *date;
  usage_error(
      fmt::format("--{} {}: this is not a day; write such as 2025-02-08", option, excerpt(text)),
      fmt::format("--{} {}：不是日期；请写成 2025-02-08", option, excerpt(text)));
}

namespace {

std::string clock_text() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  localtime_r(&now, &parts);
  std::array<char, 64> text{};
  const std::size_t length = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S%z", &parts);
  std::string out(text.data(), length);
  if (length > 2) out.insert(length - 2, ":");
  return out;
}

std::string user_name() {
  for (const char* name : {"USER", "LOGNAME"}) {
    const char* value = std::getenv(name);
    if (value != nullptr && *value != '\0' && !find_invalid_utf8(value)) return value;
  }
  const passwd* entry = getpwuid(getuid());
  return entry == nullptr ? "-" : entry->pw_name;
}

}  // namespace

Date ledger_today(const Call& call) {
  const Date asked = ledger_day(call, "as-of");
  return asked.known() ? asked : *parse_date(clock_text().substr(0, 10));
}

LedgerEntry ledger_entry(const Call& call, std::string source) {
  return {clock_text(), call.has("by") ? call.get<std::string>("by") : user_name(),
          std::move(source)};
}

LedgerMoment ledger_moment(const Call& call) {
  return {ledger_day(call, "as-of"), ledger_day(call, "known-on")};
}

Ledger open_ledger(const Call& call, const fs::path& path, LedgerAccess access) {
  Ledger ledger = Ledger::open(path, access);
  if (access == LedgerAccess::Write && ledger.schema_found() < kLedgerSchema) {
    tell(call.language == Language::Zh
             ? fmt::format("{}：台账结构已由版本 {} 升级到 {}", path_text(path.filename()),
                           ledger.schema_found(), kLedgerSchema)
             : fmt::format("{}: brought from schema {} to {}", path_text(path.filename()),
                           ledger.schema_found(), kLedgerSchema));
  }
  if (access == LedgerAccess::Write && ledger.place() == LedgerPlace::Network) {
    tell(call.language == Language::Zh
             ? fmt::format(
                   "注意：{} "
                   "位于网络共享上，改用回滚日志写入；请勿多台电脑同时写入，最好放在本地磁盘",
                   path_text(path.filename()))
             : fmt::format("note: {} lies on a network share, where a rollback journal is used; "
                           "let one computer write "
                           "at a time, or better keep it on a local disk",
                           path_text(path.filename())));
  }
  return ledger;
}

RunInfo ledger_run(const Call& call, const fs::path& path, const LedgerBook& book) {
  RunInfo run;
  run.version = LIANTU_VERSION;
  std::string all = book.district;
  Date latest;
  for (const Subject& subject : book.subjects) {
    all += fmt::format("\n{} {}", subject_word(subject.kind), subject.key);
    for (const StageChange& one : subject.stages) {
      all += fmt::format(" {}{}{}", static_cast<std::int64_t>(one.row), stage_word(one.stage),
                         one.day.to_string());
      latest = std::max(latest, one.day);
    }
    for (const Fact& one : subject.facts) {
      all += fmt::format(" {}{}", static_cast<std::int64_t>(one.row),
                         fact_text(fact_field(one.key), one.value, Language::En));
      latest = std::max(latest, one.day);
    }
  }
  run.inputs = {{path_text(path.filename()), digest(all)}};
  run.data_date = latest.to_string();
  for (const char* option : {"as-of", "known-on", "quarter"}) {
    if (call.options.count(option) > 0)
      run.parameters.emplace_back(option, call.get<std::string>(option));
  }
  return run;
}

const Verb& ledger_verb() {
  static const Verb verb = {
      "ledger",
      {"init|add|import|export|check|show FILE", "init|add|import|export|check|show 台账"},
      {"contacts and projects with their whole history", "招商台账：联系对象和项目的全程记录"},
      "liantu ledger init district.ledger --region 500104",
      declare,
      run};
  return verb;
}

}  // namespace liantu::cli
