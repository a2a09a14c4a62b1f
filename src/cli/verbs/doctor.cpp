#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <tuple>
#include <vector>

#include <fmt/format.h>

#include "cli/command.hpp"
#include "cli/streams.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/base/text/path_text.hpp"
#include "liantu/report/formats/svg.hpp"

namespace liantu::cli {
namespace {

namespace fs = std::filesystem;

void declare(po::options_description& options, Language language) {
  declare_output(options, language);
}

std::string variable(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? std::string() : value;
}

// What was found, in a few words; nothing when it is missing.
using Found = std::optional<std::string>;

Found find_graphviz() {
  DrawOptions options;
  options.limit = std::chrono::seconds(20);
  try {
    const std::string drawn = draw_svg("digraph { a -> b }", options);
    return drawn.find("<svg") == std::string::npos ? Found() : Found("dot");
  } catch (const Error& error) {
    // Whether it is not there or does not run, drawings cannot be made.
    if (error.code() == ErrorCode::NotFound || error.code() == ErrorCode::Io) return std::nullopt;
    throw;
  }
}

// Parts of the names of files that Chinese fonts come in.
constexpr std::array<std::string_view, 16> kFonts = {
    "cjk",      "notosanssc", "notoserifsc", "sourcehans", "wqy",     "uming",
    "ukai",     "simsun",     "simhei",      "simkai",     "simfang", "msyh",
    "pingfang", "stheiti",    "fallback",    "fandol"};

Found find_font() {
  std::vector<fs::path> folders = {"/usr/share/fonts", "/usr/local/share/fonts"};
  if (const std::string home = variable("HOME"); !home.empty()) {
    folders.emplace_back(fs::path(home) / ".fonts");
    folders.emplace_back(fs::path(home) / ".local/share/fonts");
  }
  std::vector<std::string> found;
  for (const fs::path& folder : folders) {
    std::error_code error;
    for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end;
         at.increment(error)) {
      const std::string name = path_text(at->path().filename());
      std::string lower = name;
      for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
      const bool font =
          lower.ends_with(".ttf") || lower.ends_with(".ttc") || lower.ends_with(".otf");
      const auto named = [&](std::string_view part) {
        return lower.find(part) != std::string::npos;
      };
      if (font && std::ranges::any_of(kFonts, named)) found.push_back(name);
    }
    if (error == std::errc::too_many_files_open ||
        error == std::errc::too_many_files_open_in_system) {
      throw Error(
          ErrorCode::LimitReached,
          {"fonts cannot be looked for: too many open files; close some or raise their limit "
           "(ulimit -n)",
           "无法查找字体：打开的文件过多；请关闭部分文件，或调高打开文件数限额（ulimit -n）"});
    }
  }
  // Folders are listed in no order.
  if (found.empty()) return std::nullopt;
  return *std::ranges::min_element(found);
}

Found find_odbc_drivers() {
  std::vector<fs::path> files = {"/etc/odbcinst.ini"};
  if (const std::string folder = variable("ODBCSYSINI"); !folder.empty()) {
    files = {fs::path(folder) / "odbcinst.ini"};
  }
  if (const std::string home = variable("HOME"); !home.empty()) {
    files.emplace_back(fs::path(home) / ".odbcinst.ini");
  }
  std::vector<std::string> drivers;
  for (const fs::path& file : files) {
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);) {
      const std::size_t end = line.find(']');
      if (!line.starts_with('[') || end == std::string::npos) continue;
      const std::string name = line.substr(1, end - 1);
      if (name != "ODBC" && name != "ODBC Drivers") drivers.push_back(name);
    }
  }
  if (drivers.empty()) return std::nullopt;
  return fmt::format("{}", fmt::join(drivers, ", "));
}

Found find_utf8() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const std::string value = variable(name);
    if (value.empty()) continue;
    std::string lower = value;
    for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    const bool utf8 =
        lower.find("utf-8") != std::string::npos || lower.find("utf8") != std::string::npos;
    return utf8 ? Found(value) : std::nullopt;
  }
  return std::nullopt;
}

Found find_office() {
  for (const char* program : {"/usr/bin/soffice", "/usr/bin/libreoffice", "/usr/bin/et",
                              "/usr/bin/wps", "/opt/libreoffice/program/soffice"}) {
    std::error_code ignored;
    if (fs::exists(program, ignored)) return program;
  }
  return std::nullopt;
}

// A part that Liantu uses and does not bring along.
struct Dependency {
  Text name;
  bool needed;
  Found (*find)();
  Text without;  // what is missing without it
  Text get;      // how to get it
};

const std::vector<Dependency>& dependencies() {
  static const std::vector<Dependency> all = {
      {{"Graphviz (dot)", "Graphviz（dot）"},
       true,
       find_graphviz,
       {"no map and no show --ego as SVG, PDF or PNG", "map、show --ego 无法绘成 SVG、PDF、PNG"},
       {"apt-get install graphviz", "apt-get install graphviz"}},
      {{"Chinese font", "中文字体"},
       true,
       find_font,
       {"no drawing as PDF or PNG; Chinese words in SVG are boxes",
        "无法写出 PDF、PNG；SVG 图中的中文会显示为方框"},
       {"apt-get install fonts-noto-cjk", "apt-get install fonts-noto-cjk"}},
      {{"UTF-8 terminal", "UTF-8 终端"},
       false,
       find_utf8,
       {"other programs may garble Chinese words and names of files",
        "其他程序可能把中文和文件名显示为乱码"},
       {"export LANG=C.UTF-8", "export LANG=C.UTF-8"}},
      {{"ODBC drivers", "ODBC 驱动"},
       false,
       find_odbc_drivers,
       {"databases are read from files only, such as .sqlite",
        "只能读取文件形式的数据库，如 .sqlite"},
       {"apt-get install odbc-postgresql odbc-mariadb",
        "apt-get install odbc-postgresql odbc-mariadb"}},
      {{"spreadsheet program", "表格软件"},
       false,
       find_office,
       {"nothing: Liantu reads and writes workbooks itself; people need one to open them",
        "无影响：链图自行读写工作簿；查看时才需要"},
       {"apt-get install libreoffice-calc", "apt-get install libreoffice-calc"}}};
  return all;
}

Exit run(const Call& call) {
  std::ignore = inputs(call, 0, 0);
  const std::string format = output_format(call);
  Sheet sheet;
  sheet.title = {"what Liantu finds on this machine", "本机的运行条件"};
  sheet.columns = {{"part", {"part", "部件"}, CellKind::Text, true},
                   {"needed", {"needed", "必需"}, CellKind::Text},
                   {"state", {"state", "状态"}, CellKind::Text},
                   {"found", {"found", "找到"}, CellKind::Text},
                   {"without", {"without it", "缺少时"}, CellKind::Text},
                   {"get", {"how to get it", "如何取得"}, CellKind::Text}};
  std::size_t missing = 0;
  for (const Dependency& one : dependencies()) {
    Found found;
    {
      const auto held = call.hold();  // it may run another program
      found = one.find();
    }
    if (!found && one.needed) ++missing;
    const std::string_view state = found        ? call.say("there", "已有")
                                   : one.needed ? call.say("MISSING", "缺少")
                                                : call.say("not there", "没有");
    std::vector<SheetCell> row = {
        one.name.in(call.language),
        std::string(one.needed ? call.say("yes", "是") : call.say("no", "否")), std::string(state)};
    if (found) {
      row.emplace_back(*found);
      row.resize(sheet.columns.size());
    } else {
      row.emplace_back();
      row.emplace_back(one.without.in(call.language));
      row.emplace_back(one.get.in(call.language));
    }
    sheet.rows.push_back(std::move(row));
  }
  if (format == "json") {
    RunInfo made;
    made.version = LIANTU_VERSION;
    emit(call, sheets_json("liantu.doctor/1", {{"parts", sheet}}, made));
  } else {
    emit(call, render(call, sheet, format));
  }
  if (missing == 0) return Exit::Done;
  tell(call.language == Language::Zh ? fmt::format("缺少 {} 项必需的部件", missing)
                                     : fmt::format("needed parts missing: {}", missing));
  return Exit::Negative;
}

}  // namespace

const Verb& doctor_verb() {
  static const Verb verb = {
      "doctor",
      {"", ""},
      {"say what is installed, what is missing and how to get it; ends with 1 if a needed part is "
       "missing",
       "说明已装部件、缺少的部件及如何取得；缺少必需部件时以 1 退出"},
      "",
      declare,
      run};
  return verb;
}

}  // namespace liantu::cli
