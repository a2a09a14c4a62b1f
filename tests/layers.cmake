# Checks the rooms: which may include which, what a public header may include, that every source of the
# library has its test, and that no source needs what one of the two compilers lacks.
#
#   cmake [-DROOT=<tree>] -P tests/layers.cmake
cmake_minimum_required(VERSION 3.25)

if(NOT DEFINED ROOT)
  cmake_path(SET ROOT NORMALIZE "${CMAKE_CURRENT_LIST_DIR}/..")
endif()

# Rooms and what each may include beside itself, as the liantu_room() statements in src say; a room without its inner
# rooms stands for all of them, liantu/<room> for its public headers alone.
set(library_rooms)
file(GLOB_RECURSE statements "${ROOT}/src/*/CMakeLists.txt")
foreach(statement IN LISTS statements)
  file(READ "${statement}" text)
  if(text MATCHES "liantu_room\\([ \n]*([a-z_/]+)([^)]*)")
    set(room ${CMAKE_MATCH_1})
    set(words "${CMAKE_MATCH_2}")
    list(APPEND library_rooms ${room})
    set(may_include_${room})
    if(words MATCHES "MAY_USE([ a-z_/\n]*)")
      string(REGEX REPLACE "[ \n]+" ";" may_include_${room} "${CMAKE_MATCH_1}")
    endif()
  endif()
endforeach()
set(may_include_cli ${library_rooms})
set(may_include_cli/verbs/ledger ${library_rooms} cli)
set(may_include_cli/verbs/evaluation ${library_rooms} cli)
set(may_include_cli/verbs ${library_rooms} cli)
set(may_include_server ${library_rooms})
set(rooms ${library_rooms} cli cli/verbs cli/verbs/ledger cli/verbs/evaluation server)

# Sources of the library without a test of their own name: "<source>=<reason>".
set(untested
    "src/prospects/arrivals/arrival_scores.cpp=what backtest_arrivals() ranks by; arrival_backtest_test.cpp checks it"
    "src/graph/freeze.cpp=what GraphBuilder::build() does; builder_test.cpp checks it"
    "src/graph/freeze_plain.cpp=what GraphBuilder::build() does of relations without attributes; builder_test.cpp checks it"
    "src/base/regions/region_names.cpp=the names find_region() matches; region_test.cpp checks them through it"
    "src/links/backtest/evaluation_figures.cpp=a part of evaluate_links(); evaluation_test.cpp checks it through the whole"
    "src/links/backtest/evaluation_rounds.cpp=a part of evaluate_links(); evaluation_test.cpp checks it through the whole"
    "src/links/backtest/evaluation_run.cpp=a part of evaluate_links(); evaluation_test.cpp checks it through the whole"
    "src/links/learning/pair_groups.cpp=a stage of PairFeatures; pair_features_test.cpp checks it through the whole"
    "src/links/learning/pair_walks.cpp=a stage of PairFeatures; pair_features_test.cpp checks it through the whole"
    "src/chain/economy/economy.cpp=what GapFinder looks up once; gaps_test.cpp checks it"
    "src/chain/gaps/search/akin_makers.cpp=a stage of GapSearch; gaps_test.cpp checks it through the whole"
    "src/chain/gaps/search/gap_search.cpp=the search behind find_gaps() and survey_gaps(); gaps_test.cpp and gap_survey_test.cpp check it"
    "src/chain/gaps/search/kinds_needed.cpp=a stage of GapSearch; gaps_test.cpp checks it through the whole"
    "src/chain/gaps/search/local_needs.cpp=a stage of GapSearch; gaps_test.cpp checks it through the whole"
    "src/chain/gaps/search/nearby_makers.cpp=a stage of GapSearch; gaps_test.cpp checks it through the whole"
    "src/chain/gaps/search/severity_order.cpp=a stage of GapSearch; gaps_test.cpp checks it through the whole"
    "src/chain/gaps/search/shared_supply.cpp=a stage of GapSearch; gaps_test.cpp checks it through the whole"
    "src/chain/segments/input_rules.cpp=which `requires` count; demand_test.cpp and total_requirement_test.cpp check it"
    "src/chain/structure/product_space.cpp=what find_directions() counts; relatedness_test.cpp checks it"
    "src/report/drawings/board_content.cpp=what a chain board says; chain_board_test.cpp checks it"
    "src/report/drawings/board_lines.cpp=how a chain board breaks lines; chain_board_test.cpp checks it"
    "src/report/drawings/chain_board_dot.cpp=a chain board in DOT; chain_board_test.cpp checks it"
    "src/report/drawings/chain_board_svg.cpp=a chain board on paper; chain_board_test.cpp checks it"
    "src/report/prospects/lift_words.cpp=what would lift a firm; explain_test.cpp checks it"
    "src/land/plan/greedy_plan.cpp=the plan where there is no solver; land_plan_test.cpp holds it against brute force"
    "src/land/plan/plan_conflict.cpp=find_conflict(); land_plan_test.cpp checks it"
    "src/land/plan/plan_model.cpp=the model behind solve_plan(); land_plan_test.cpp holds it against brute force"
    "src/land/plan/plan_pairs.cpp=what solvers of a plan share; land_plan_test.cpp checks it"
    "src/land/per_mu/rule_file.cpp=what schemes and plan policies share; per_mu_scheme_test.cpp checks it"
    "src/report/land/per_mu_columns.cpp=the columns of per_mu_sheet(); per_mu_sheet_test.cpp checks them"
    "src/report/land/per_mu_words.cpp=what the rating says; per_mu_sheet_test.cpp checks it"
    "src/report/land/per_mu_svg.cpp=the spread drawn; per_mu_sheet_test.cpp checks it"
    "src/report/land/floor_sheet.cpp=what floors say; per_mu_sheet_test.cpp checks it"
    "src/report/land/plan_json.cpp=the plan as JSON; plan_sheet_test.cpp checks it"
    "src/report/land/plan_words.cpp=what a plan says; plan_sheet_test.cpp checks it"
    "src/report/land/site_board_svg.cpp=the plan drawn; plan_sheet_test.cpp checks it"
    "src/report/land/svg_page.cpp=what drawings of land are made with; per_mu_sheet_test.cpp checks it"
    "src/report/words/names.cpp=names in the cells of lists; gap_sheet_test.cpp checks them"
    "src/report/gaps/report_json.cpp=what documents on a district share; gaps_json_test.cpp checks it"
    "src/tables/databases/database_rows.cpp=the way sqlite.cpp and odbc.cpp fill a Table, and their tests check it"
    "src/tables/cells/table_writer.cpp=the way csv.cpp and json_rows.cpp fill a Table, and their tests check it"
    "src/tables/workbooks/workbook.cpp=what readers of workbooks share; xlsx_test.cpp checks it"
    "src/tables/workbooks/xml_reader.cpp=the way to the parser; xlsx_test.cpp checks it")
foreach(
  stage
  fillings/fillings
  fillings/firm_places
  fillings/scored_gaps
  fillings/ground
  fillings/like_customers
  fillings/main_business
  score/assessment
  score/gap_worth
  ranking/firm_scores
  ranking/row_choice
  ranking/row_writer
  list_totals)
  list(APPEND untested "src/prospects/${stage}.cpp=a stage of rank_prospects(); prospects_test.cpp checks it through the whole")
endforeach()
list(APPEND untested "src/prospects/score/part.cpp=the parts of the score; prospects_test.cpp and rank_lift_test.cpp check each")
foreach(
  step
  cells/sources
  rows/firm_reader
  rows/input_tables
  rows/part_of_reader
  rows/plain_reader
  rows/product_support
  rows/relation_reader
  rows/scope_inference
  rows/segment_reader
  who/directory
  who/firm_statements
  who/segment_registry)
  list(APPEND untested "src/ingest/${step}.cpp=a step of ingest(), and ingest_test.cpp checks it through the whole")
endforeach()

set(broken 0)
set(files 0)

function(refuse words)
  message(NOTICE "${words}")
  math(EXPR count "${broken} + 1")
  set(broken ${count} PARENT_SCOPE)
endfunction()

# The innermost room that holds a path such as links/paths/scores.hpp; empty when there is none.
function(room_of path result)
  set(folder "${path}")
  while(folder MATCHES "^(.*)/[^/]*$")
    set(folder "${CMAKE_MATCH_1}")
    if(folder IN_LIST rooms)
      set(${result} ${folder} PARENT_SCOPE)
      return()
    endif()
  endwhile()
  set(${result} "" PARENT_SCOPE)
endfunction()

# Whether a room may include another: it is named, or the room that holds it is.
function(may_include room other result)
  set(${result} FALSE PARENT_SCOPE)
  set(named "${other}")
  while(TRUE)
    if(named IN_LIST may_include_${room})
      set(${result} TRUE PARENT_SCOPE)
      return()
    endif()
    if(NOT named MATCHES "^(.*)/[^/]*$")
      return()
    endif()
    set(named "${CMAKE_MATCH_1}")
  endwhile()
endfunction()

# One `#include`: `place` is file:line, `quote` the character it opens with.
macro(check_include place room public quote path)
  string(REGEX MATCH "^[^/]*" first "${path}")
  set(other)
  set(inside "${path}")
  string(REGEX REPLACE "^liantu/" "" inside "${path}")
  room_of("${inside}" other)
  if(first STREQUAL "liantu" AND NOT other AND NOT "${path}" STREQUAL "liantu/version.hpp")
    string(REGEX REPLACE "/[^/]*$" "" folder "${inside}")
    refuse("${place}: there is no room ${folder}")
  elseif(first STREQUAL "liantu")
    # A public header.
  elseif("${quote}" STREQUAL "\"" AND other)
    if(${public})
      refuse("${place}: a public header must not include ${path} of src")
    endif()
  elseif("${path}" MATCHES "^\\.\\.?/|/\\.\\./")
    refuse("${place}: ${path} goes round the rooms; start it with the room")
  elseif(${public})
    if("${quote}" STREQUAL "\"")
      refuse("${place}: a public header must not include ${path} of src")
    elseif(first STREQUAL "boost" AND "${place}" MATCHES "^include/liantu/graph/(views/)?boost(_[a-z]+)?\\.hpp:")
      # The bridge to Boost.Graph, which users opt into.
    elseif("${path}" MATCHES "[./]")
      # Headers of the standard library have neither folder nor ending.
      refuse("${place}: a public header must not include ${path}, which is third-party")
    endif()
  endif()
  if(other AND NOT other STREQUAL "${room}")
    may_include(${room} ${other} allowed)
    if(NOT allowed AND NOT (first STREQUAL "liantu" AND "liantu/${other}" IN_LIST may_include_${room}))
      refuse("${place}: ${room} must not include ${other}")
    endif()
  endif()
endmacro()

function(check_file file room public)
  file(READ "${ROOT}/${file}" text)
  # Lines become a list, and these characters mean something in one.
  string(REGEX REPLACE "[][;\\]" " " text "${text}")
  string(REPLACE "\n" ";" lines "${text}")
  set(number 0)
  foreach(line IN LISTS lines)
    math(EXPR number "${number} + 1")
    if(line MATCHES "^[ \t]*#[ \t]*include[ \t]*([<\"])([^>\"]+)[>\"]")
      check_include("${file}:${number}" ${room} ${public} "${CMAKE_MATCH_1}" "${CMAKE_MATCH_2}")
    elseif(line MATCHES "std::(ranges::(unique|equal_range|remove|remove_if|partition|stable_partition|rotate|search|find_end|subrange)|views::[a-z_]+)[(<]")
      refuse("${file}:${number}: clang 14 does not compile std::${CMAKE_MATCH_1} of this C++ library")
    endif()
  endforeach()
  set(broken ${broken} PARENT_SCOPE)
endfunction()

function(check_test source)
  string(REGEX REPLACE "^src/(.*)\\.cpp$" "tests/\\1_test.cpp" test "${source}")
  set(excused FALSE)
  foreach(entry IN LISTS untested)
    if(entry MATCHES "^([^=]*)=(.+)$" AND CMAKE_MATCH_1 STREQUAL source)
      set(excused TRUE)
    endif()
  endforeach()
  if(EXISTS "${ROOT}/${test}")
    if(excused)
      refuse("${source}: has its test; take it off the list in tests/layers.cmake")
    endif()
  elseif(NOT excused)
    refuse("${source}: no ${test}; write it, or give the reason in tests/layers.cmake")
  endif()
  set(broken ${broken} PARENT_SCOPE)
endfunction()

foreach(top include/liantu src)
  set(patterns)
  foreach(ending hpp h ipp inc cpp cc)
    list(APPEND patterns "${ROOT}/${top}/*.${ending}")
  endforeach()
  file(GLOB_RECURSE found RELATIVE "${ROOT}" ${patterns})
  foreach(file IN LISTS found)
    math(EXPR files "${files} + 1")
    string(REGEX REPLACE "^${top}/" "" inside "${file}")
    if(file STREQUAL "include/liantu/version.hpp")
      continue()  # of no room: it says which library this is
    endif()
    room_of("${inside}" room)
    if(NOT room)
      string(REGEX REPLACE "/[^/]*$" "" folder "${inside}")
      refuse("${file}:1: there is no room ${folder}")
      continue()
    endif()
    if(top STREQUAL "src")
      check_file(${file} ${room} FALSE)
      if(file MATCHES "\\.cpp$" AND room IN_LIST library_rooms)
        check_test(${file})
      endif()
    else()
      check_file(${file} ${room} TRUE)
      file(STRINGS "${ROOT}/${file}" hidden REGEX "^namespace liantu[ :{]")
      if(hidden)
        refuse("${file}: a shared library would hide it; write namespace LIANTU_API liantu")
      endif()
    endif()
  endforeach()
endforeach()

if(files EQUAL 0)
  message(FATAL_ERROR "no source found under ${ROOT}")
endif()
if(broken GREATER 0)
  message(FATAL_ERROR "the rooms are broken in ${broken} places")
endif()
message(STATUS "OK: ${files} files keep to their rooms")
