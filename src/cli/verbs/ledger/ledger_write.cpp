#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "base/text/excerpt.hpp"
#include "cli/limits.hpp"
#include "cli/verbs/ledger/ledger.hpp"
#include "liantu/base/files/atomic_file.hpp"
#include "liantu/base/regions/region.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/base/text/path_text.hpp"
#include "liantu/base/text/utf8.hpp"
#include "liantu/ingest/kept_list.hpp"
#include "liantu/projects/evidence.hpp"
#include "liantu/projects/ledger_import.hpp"
#include "liantu/tables/read_table.hpp"

namespace liantu::cli {
namespace {

namespace fs = std::filesystem;

std::string option(const Call& call, const char* name) {
  return call.has(name) ? std::string(trim(call.get<std::string>(name))) : std::string();
}

// What was written, in the format asked for.
void emit_result(const Call& call, const fs::path& path, const AppendResult& result,
                 const std::string& format) {
  Sheet sheet;
  sheet.columns = {{"stages", {"stages", "阶段"}, CellKind::Number},
                   {"facts", {"facts", "事项"}, CellKind::Number},
                   {"subjects", {"new subjects", "新增对象"}, CellKind::Number},
                   {"unchanged", {"nothing new in", "无变化"}, CellKind::Number},
                   {"left_out", {"left out", "未采用"}, CellKind::Number},
                   {"first_row", {"rows from", "起始行号"}, CellKind::Number},
                   {"last_row", {"to", "终止行号"}, CellKind::Number}};
  const auto number = [](std::size_t count) { return SheetCell(static_cast<double>(count)); };
  const auto row = [](LedgerRow one) {
    return SheetCell(static_cast<double>(static_cast<std::int64_t>(one)));
  };
  sheet.rows.push_back({number(result.stages), number(result.facts), number(result.subjects),
                        number(result.unchanged), number(result.problems.size()),
                        result.rows.empty() ? SheetCell() : row(result.rows.front()),
                        result.rows.empty() ? SheetCell() : row(result.rows.back())});
  if (format == "json") {
    RunInfo run;
    run.version = LIANTU_VERSION;
    run.inputs = {{path_text(path.filename()), ""}};
    emit(call, sheets_json("liantu.ledger/1", {{"written", sheet}}, run));
    return;
  }
  emit(call, render(call, sheet, format));
}

void tell_problems(const Call& call, const std::vector<Problem>& problems) {
  constexpr std::size_t kShown = 20;
  for (std::size_t i = 0; i < std::min(kShown, problems.size()); ++i) {
    tell(problems[i].to_string(call.language));
  }
  if (problems.size() <= kShown) return;
  tell(call.language == Language::Zh ? fmt::format("… 另有 {} 条", problems.size() - kShown)
                                     : fmt::format("… and {} more", problems.size() - kShown));
}

// Who the line is about; an error of usage unless it is one.
void read_subject(const Call& call, LedgerLine& line) {
  std::size_t named = 0;
  const std::pair<const char*, SubjectKind> kKinds[] = {{"project", SubjectKind::Project},
                                                        {"contact", SubjectKind::Contact},
                                                        {"team", SubjectKind::Team}};
  for (const auto& [name, kind] : kKinds) {
    if (!call.has(name)) continue;
    ++named;
    line.kind = kind;
    line.key = option(call, name);
  }
  if (named != 1) {
    usage_error("name one of --project CODE, --contact FIRM and --team NAME",
                "请写 --project 编号、--contact 企业、--team 招商单位 三者之一");
  }
  if (line.kind == SubjectKind::Contact) {
    line.name = line.key;
    line.key.clear();
  }
  if (call.has("name")) line.name = option(call, "name");
  line.firm = option(call, "firm");
  line.code = option(call, "code");
}

void read_facts(const Call& call, LedgerLine& line) {
  if (!call.has("set")) return;
  for (const std::string& words : call.get<std::vector<std::string>>("set")) {
    const std::size_t sign = words.find('=');
    const std::string_view name = trim(std::string_view(words).substr(0, sign));
    const FactField* field = find_fact(name);
    if (sign == std::string::npos || field == nullptr) {
      std::string known_en;
      std::string known_zh;
      for (const FactField& one : fact_fields()) {
        if (!belongs_to(one, line.kind)) continue;
        known_en += fmt::format("{}{}", known_en.empty() ? "" : " ", one.word);
        known_zh += fmt::format("{}{}", known_zh.empty() ? "" : "、", one.heading.zh);
      }
      usage_error(fmt::format("--set {}: write FACT=VALUE; facts of a {}: {}", excerpt(words),
                              subject_text(line.kind).en, known_en),
                  fmt::format("--set {}：请写成 事项=值；{}可写：{}", excerpt(words),
                              subject_text(line.kind).zh, known_zh));
    }
    Text why;
    const auto value = parse_fact(*field, std::string_view(words).substr(sign + 1), 1, why);
    if (!value) {
      usage_error(fmt::format("--set {}: {}", excerpt(words), why.en),
                  fmt::format("--set {}：{}", excerpt(words), why.zh));
    }
    line.facts.emplace_back(field->key, *value);
  }
}

void read_stage(const Call& call, LedgerLine& line) {
  if (!call.has("stage")) return;
  const std::string words = option(call, "stage");
  line.stage = parse_stage(line.kind, words);
  if (line.stage) return;
  std::string known_en;
  std::string known_zh;
  for (const LedgerStage one : stages_of(line.kind)) {
    known_en += fmt::format("{}{}", known_en.empty() ? "" : ", ", stage_word(one));
    known_zh += fmt::format("{}{}", known_zh.empty() ? "" : "、", stage_text(one).zh);
  }
  usage_error(fmt::format("--stage {}: a {} has no such stage; write one of: {}", excerpt(words),
                          subject_text(line.kind).en, known_en.empty() ? "none" : known_en),
              fmt::format("--stage {}：{}没有这个阶段；可写：{}", excerpt(words),
                          subject_text(line.kind).zh, known_zh.empty() ? "无" : known_zh));
}

// Whether a table is a prospect list with its yellow columns.
bool is_prospect_list(const Table& table) {
  const auto has = [&](std::initializer_list<std::string_view> headings) {
    return std::ranges::any_of(headings,
                               [&](std::string_view one) { return table.column(one).has_value(); });
  };
  return has({"名次", "rank"}) && has({"跟进阶段", "stage"}) && has({"企业", "firm", "name"});
}

LedgerImport read_tables_of(const Call& call, const fs::path& file, const ImportOptions& options) {
  TableOptions how;
  how.limits = limits(call).tables;
  how.stop = call.stop;
  how.is_heading = [](std::string_view words) { return is_ledger_heading(words); };
  std::vector<LedgerTable> tables;
  const std::vector<Table> found = read_tables(file, {}, how);
  if (std::ranges::any_of(found, is_prospect_list)) {
    return read_ledger_contacts(read_kept_list(file, how), options);
  }
  for (const Table& table : found) tables.push_back(ledger_table(table));
  LedgerImport import = read_ledger_tables(tables, options);
  if (import.tables > 0) return import;
  const std::string name = table_name(file);
  throw Error(
      ErrorCode::InvalidData,
      {fmt::format(
           "{}: no table in it names projects, contacts or teams; its headings should be such as "
           "项目编号, 项目名称, 企业名称, 阶段, 日期, or those that `liantu ledger export` writes",
           name),
       fmt::format("{}：没有一张表列有项目、联系对象或招商单位；表头应如 "
                   "项目编号、项目名称、企业名称、阶段、"
                   "日期，或与 liantu ledger export 写出的相同",
                   name)});
}

}  // namespace

LedgerTable ledger_table(const Table& table) {
  LedgerTable out;
  out.name = table.name();
  out.columns = table.columns();
  out.unit = table.unit();
  for (std::size_t r = 0; r < table.size(); ++r) {
    LedgerTable::Row row;
    row.place = table.place(r);
    for (std::size_t c = 0; c < out.columns.size(); ++c) {
      row.cells.emplace_back(table.cell(r, c).text);
      row.places.push_back(table.place(r, c));
    }
    out.rows.push_back(std::move(row));
  }
  return out;
}

Exit init_ledger(const Call& call, const fs::path& path) {
  if (!call.has("region")) {
    usage_error("--region is missing; name the district, such as --region 500104",
                "缺少 --region；请指定地区，如 --region 500104");
  }
  const RegionCode code = region(call, "region");
  const std::string name = region_full_name(code);
  const Ledger ledger = Ledger::create(path, name.empty() ? code.to_string() : name);
  tell(fmt::format("{} {}", call.say("made", "已建立"), path_text(path)));
  if (ledger.place() == LedgerPlace::Network)
    std::ignore = open_ledger(call, path, LedgerAccess::Write);
  return Exit::Done;
}

Exit add_to_ledger(const Call& call, const fs::path& path) {
  const std::string format = output_format(call);
  const LedgerEntry entry = ledger_entry(call, "add");
  if (call.has("withdraw")) {
    for (const char* other : {"project", "contact", "team", "stage", "set", "evidence"}) {
      if (!call.has(other)) continue;
      usage_error(fmt::format("--withdraw and --{} do not go together; withdraw first", other),
                  fmt::format("--withdraw 与 --{} 不能同用；请先撤销", other));
    }
    const auto row = call.get<std::int64_t>("withdraw");
    open_ledger(call, path, LedgerAccess::Write)
        .withdraw(entry, LedgerRow{row}, option(call, "reason"));
    tell(call.language == Language::Zh ? fmt::format("已撤销第 {} 行", row)
                                       : fmt::format("withdrew row {}", row));
    return Exit::Done;
  }
  LedgerLine line;
  read_subject(call, line);
  read_stage(call, line);
  read_facts(call, line);
  line.day = ledger_day(call, "date");
  if (!line.day.known()) line.day = entry.day();
  line.person = option(call, "person");
  line.reason = option(call, "reason");
  line.remark = option(call, "remark");
  line.place.file = path_text(path.filename());
  if (call.has("evidence")) {
    const fs::path file = call.get<std::string>("evidence");
    line.evidence.name = path_text(file.filename());
    line.evidence.sha256 =
        sha256(read_file(file, limits(call).tables.file_bytes, call.stop, "file_bytes"));
  }
  for (const char* beside : {"evidence", "person", "reason", "remark"}) {
    if (line.stage || !call.has(beside)) continue;
    usage_error(fmt::format("--{} is said of a stage; add --stage, or write --set note=…", beside),
                fmt::format("--{} 须与 --stage 同用；其他说明请写 --set 情况说明=…", beside));
  }
  AppendResult result = open_ledger(call, path, LedgerAccess::Write).append(entry, {line});
  if (!result.problems.empty()) {
    const Problem& problem = result.problems.front();
    throw Error(ErrorCode::InvalidData, problem.place, problem.what, problem.remedy);
  }
  emit_result(call, path, result, format);
  return Exit::Done;
}

Exit import_into_ledger(const Call& call, const fs::path& path,
                        const std::vector<fs::path>& tables) {
  if (tables.empty()) {
    usage_error(
        "import: no table is named; write the workbooks after the ledger: liantu ledger import "
        "FILE TABLE…",
        "缺少要导入的表：liantu ledger import 台账 表…");
  }
  const std::string format = output_format(call);
  std::string source = "import";
  for (const fs::path& one : tables) source += " " + table_name(one);
  const LedgerEntry entry = ledger_entry(call, source);
  ImportOptions options;
  options.day = ledger_day(call, "date");
  if (!options.day.known()) options.day = entry.day();
  LedgerImport all;
  for (const fs::path& one : tables) {
    LedgerImport import = read_tables_of(call, one, options);
    std::ranges::move(import.lines, std::back_inserter(all.lines));
    std::ranges::move(import.problems, std::back_inserter(all.problems));
  }
  AppendResult result =
      open_ledger(call, path, LedgerAccess::Write).append(entry, std::move(all.lines));
  std::ranges::move(result.problems, std::back_inserter(all.problems));
  result.problems = all.problems;
  tell_problems(call, all.problems);
  emit_result(call, path, result, format);
  const bool left_out = std::ranges::any_of(
      all.problems, [](const Problem& one) { return one.severity == Severity::Error; });
  return left_out ? Exit::Negative : Exit::Done;
}

}  // namespace liantu::cli
